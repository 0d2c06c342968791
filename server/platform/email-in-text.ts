/** Text before an address that is not a part of it, although it ends in a letter or digit: an escape of JSON or of a URL. */
const ESCAPE_BEFORE = /(?:\\u[0-9a-f]{4}|\\[bfnrt]|%[0-9a-f]{2})$/;
const LOCAL_BEFORE = /[\p{L}\p{N}._%+-]$/u;
const DOMAIN_AFTER = /^(?:[\p{L}\p{N}_-]|\.[\p{L}\p{N}])/u;
const ADDRESS = /[a-z0-9._%+\-&'/=?^`{|}~!#$*]+@[a-z0-9.-]+\.[a-z]{2,}/g;
/** Longest escape that is looked at before an address. */
const ESCAPE_LENGTH = 6;

/**
 * Whether the text (lower case) has this address, and not only a longer one that holds it: `joann@mail.example` and `ann@mail.example.org`
 * are other people's than `ann@mail.example`.
 */
export const namesEmail = (lower: string, email: string): boolean => {
  for (let at = lower.indexOf(email); at !== -1; at = lower.indexOf(email, at + 1)) {
    const before = lower.slice(Math.max(0, at - ESCAPE_LENGTH), at);
    const end = at + email.length;
    const isWhole = ESCAPE_BEFORE.test(before) || !LOCAL_BEFORE.test(before);
    if (isWhole && !DOMAIN_AFTER.test(lower.slice(end, end + 3))) return true;
  }
  return false;
};

/** Other people's addresses in the text (lower case) that hold this one, e.g. `joann@mail.example` for `ann@mail.example`. */
export const longerAddresses = (lower: string, email: string): string[] =>
  lower.includes(email)
    ? [...lower.matchAll(ADDRESS)]
        .map(([found]) => found)
        .filter((found) => found.includes(email) && !namesEmail(found, email))
    : [];
