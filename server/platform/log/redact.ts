/**
 * The last line of defence: whatever reaches a log line passes here. Call sites should not log secrets in the first place.
 * Patterns cover Shopify's token prefixes, bearer keys, e-mail addresses and JSON or query fields that hold secrets.
 */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\bshp[a-z]{2}_[A-Za-z0-9_-]{8,}/g, '[token]'],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, '$1 [key]'],
  [/[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}/g, '[e-mail]'],
  [
    /((?:access_token|refresh_token|client_secret|apiSecret|code|hmac|state|ticket|token|key)=)[^&\s"']+/g,
    '$1[secret]',
  ],
  [
    /("(?:access_token|refresh_token|client_secret|apiSecret|password|authorization|cookie|set-cookie)":\s*")(?:[^"\\]|\\.)*"/gi,
    '$1[secret]"',
  ],
];

export interface Redactor {
  /** Adds an exact value (a secret known at run time) to what is removed. Short values are ignored: they would eat ordinary text. */
  add(secret: string): void;
  redact(line: string): string;
}

export const createRedactor = (): Redactor => {
  const secrets = new Set<string>();
  return {
    add: (secret) => {
      if (secret.length >= 8) secrets.add(secret);
    },
    redact: (line) => {
      let text = line;
      for (const secret of secrets) if (text.includes(secret)) text = text.replaceAll(secret, '[secret]');
      for (const [pattern, replacement] of PATTERNS) text = text.replace(pattern, replacement);
      return text;
    },
  };
};
