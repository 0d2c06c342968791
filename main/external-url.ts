const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Which addresses the console may hand to the system browser: any https page, and plain http on this computer only (the public door). */
export const isAllowedExternalUrl = (text: unknown): text is string => {
  if (typeof text !== 'string' || text.length > 8192 || !URL.canParse(text)) return false;
  const url = new URL(text);
  // A name before the @ can make an address look like another one.
  if (url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
};
