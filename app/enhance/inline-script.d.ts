/** The text of a script, made by vite-inline-script.ts from the module before the question mark. */
declare module '*?inline-script' {
  const code: string;
  export default code;
}
