/** What every file of the console is served with, by main on the desktop and by the private door headless. */
export const CONSOLE_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
} as const;

/** Each answer has its own nonce, which also stands in the page. */
const consoleCsp = (nonce: string): string =>
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

/** The page itself: its text with a fresh nonce in it, and the headers that belong to that nonce. */
export const consolePage = (html: string, nonce: string): { text: string; headers: Record<string, string> } => ({
  text: html.replaceAll('__CSP_NONCE__', nonce),
  headers: {
    ...CONSOLE_HEADERS,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': consoleCsp(nonce),
    'cache-control': 'no-store',
  },
});
