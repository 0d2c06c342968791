import type { Database } from '../../../platform/db/database.ts';

/** Words as FTS5 prefix terms, all of which must match; quoted, so that no character of the input is syntax. */
export const toFtsQuery = (words: readonly string[]): string => words.map((word) => `"${word}"*`).join(' ');

/** As the index splits it: letters and digits, without accents and case. */
export const wordsOf = (search: string): string[] =>
  (
    search
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).slice(0, 12);

/**
 * Optimal string alignment distance, cut off above `limit`: insertions, deletions, replacements, and neighbours exchanged, which is what
 * typing goes wrong by.
 */
export const editDistance = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let older: number[] = [];
  let before = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min((before[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (before[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (older[j - 2] ?? 0) + 1);
      current.push(best);
    }
    if (Math.min(...current) > limit) return limit + 1;
    older = before;
    before = current;
  }
  return before[b.length] ?? limit + 1;
};

/** Short words are near everything, so they are taken as typed. */
const allowedEdits = (word: string): number => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);
/** One range of the term index is read for each word: the terms with its first letter (typing rarely goes wrong there). */
const MAX_TERMS = 20_000;

/**
 * The nearest terms that the index has, for words that it has not. Null when a word has nothing near it, or nothing had to change.
 */
export const correctWords = async (
  db: Database,
  termsTable: string,
  words: readonly string[],
): Promise<string[] | null> => {
  const corrected: string[] = [];
  for (const word of words) {
    const [known] = await db.read<{ term: string }>(
      `SELECT term FROM ${termsTable} WHERE term >= ? AND term < ? LIMIT 1`,
      [word, `${word}\u{10FFFF}`],
    );
    const limit = allowedEdits(word);
    if (known) {
      corrected.push(word);
      continue;
    }
    if (limit === 0) return null;
    const first = word[0] ?? '';
    const terms = await db.read<{ term: string; doc: number }>(
      `SELECT term, doc FROM ${termsTable} WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ? LIMIT ${MAX_TERMS}`,
      [first, `${first}\u{10FFFF}`, word.length - limit, word.length + limit],
    );
    let best: { term: string; distance: number; doc: number } | null = null;
    for (const { term, doc } of terms) {
      const distance = editDistance(word, term, limit);
      if (distance > limit) continue;
      if (best === null || distance < best.distance || (distance === best.distance && doc > best.doc))
        best = { term, distance, doc };
    }
    if (best === null) return null;
    corrected.push(best.term);
  }
  return corrected.some((word, index) => word !== words[index]) ? corrected : null;
};
