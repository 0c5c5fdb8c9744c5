/** The path of the parent page, percent-encoded as requested: decoded, it could break a header. */
export const pageAbove = (request: Request): string => new URL(request.url).pathname.replace(/\/[^/]*$/, '');
