/**
 * The console's content security policy, for whoever serves `index.html` (main on the desktop, the private door headless). Each answer
 * has its own nonce, which also replaces `__CSP_NONCE__` in the page.
 */
export const consoleCsp = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: https://cdn.shopify.com",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
