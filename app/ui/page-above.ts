/** The path of the page that a part of it leads back to, percent-encoded as requested: decoded, it could break a header. */
export const pageAbove = (request: Request): string => new URL(request.url).pathname.replace(/\/[^/]*$/, '');
