/** A text as it stands in HTML, also inside an attribute in double quotes. For pages that React does not render. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
