/**
 * A number made of texts read one after the other, that JavaScript and SQLite both hold exactly: two 32-bit multiplicative hashes, mixed into 53
 * bits (cyrb53, public domain). A short cut to rows that may be the same, so whoever finds one compares it in full. Keys are stored: another
 * function would need all of them made anew. Put something between parts that none of them holds, so that ("ab", "c") and ("a", "bc") differ.
 */
export const textKey = (...texts: readonly string[]): number => {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (const text of texts)
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      high = Math.imul(high ^ code, 2654435761);
      low = Math.imul(low ^ code, 1597334677);
    }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
};
