/**
 * The page to which a part of it leads back, as it was asked for: decoded, a reference that is none could not stand in a
 * header.
 */
export const pageAbove = (request: Request): string => new URL(request.url).pathname.replace(/\/[^/]*$/, '');
