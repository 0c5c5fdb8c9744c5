declare module 'virtual:remix/server-build' {
  const build: import('./node.server').ServerBuild;
  export = build;
}
