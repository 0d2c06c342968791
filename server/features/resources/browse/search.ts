import type { Reads } from '../../../platform/db/database.ts';

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
/** Terms that are compared with a word, at most. */
const MAX_TERMS = 5000;
const AFTER = '\u{10FFFF}';
const ANY = [...'abcdefghijklmnopqrstuvwxyz0123456789'];

/**
 * Where the index has what may have been meant, nearest ranges first. Reading all terms with a word's first letter takes longer the more rows
 * there are, and in a store with many addresses never gets to the end. So: first what goes wrong after the third letter, then the ways to
 * mistype the second or the third. Typing rarely goes wrong at the first.
 */
const rangesOf = (word: string): readonly (readonly string[])[] => {
  const [a = '', b = '', c = ''] = word;
  const near = ANY.flatMap((any) => [`${a}${any}${c}`, `${a}${any}${b}`]);
  return [[`${a}${b}${c}`], [...new Set([...near, `${a}${c}`, `${a}${b}`])]];
};

interface SearchedIndex {
  readonly fts: string;
  readonly terms: string;
}

/** A word as it stands is looked for first: of all that begin with it, the index would gather every row. */
const isKnown = async (db: Reads, { fts, terms }: SearchedIndex, word: string): Promise<boolean> => {
  const [whole] = await db.read(`SELECT 1 FROM ${fts} WHERE ${fts} MATCH ? LIMIT 1`, [`"${word}"`]);
  if (whole) return true;
  const [begun] = await db.read(`SELECT 1 FROM ${terms} WHERE term >= ? AND term < ? LIMIT 1`, [word, word + AFTER]);
  return begun !== undefined;
};

interface Near {
  readonly term: string;
  readonly distance: number;
  /** Rows that have it. */
  readonly doc: number;
}

const nearestTerm = async (db: Reads, termsTable: string, word: string): Promise<Near | null> => {
  const limit = allowedEdits(word);
  let best: Near | null = null;
  for (const ranges of rangesOf(word)) {
    const terms = await db.read<{ term: string; doc: number }>(
      `SELECT t.term, t.doc FROM json_each(?) AS r CROSS JOIN ${termsTable} AS t
       WHERE t.term >= r.value AND t.term < r.value || ? AND length(t.term) BETWEEN ? AND ? LIMIT ${MAX_TERMS}`,
      [JSON.stringify(ranges), AFTER, word.length - limit, word.length + limit],
    );
    for (const { term, doc } of terms) {
      const distance = editDistance(word, term, limit);
      if (distance > limit) continue;
      if (best === null || distance < best.distance || (distance === best.distance && doc > best.doc))
        best = { term, distance, doc };
    }
    if (best?.distance === 1) break;
  }
  return best;
};

/**
 * The nearest terms that the index has, for words that it has not. Null when a word has nothing near it, or nothing had to change.
 */
export const correctWords = async (
  db: Reads,
  index: SearchedIndex,
  words: readonly string[],
): Promise<string[] | null> => {
  const corrected: string[] = [];
  for (const word of words) {
    const known = await isKnown(db, index, word);
    if (known) {
      corrected.push(word);
      continue;
    }
    if (allowedEdits(word) === 0) return null;
    const nearest = await nearestTerm(db, index.terms, word);
    if (nearest === null) return null;
    corrected.push(nearest.term);
  }
  return corrected.some((word, at) => word !== words[at]) ? corrected : null;
};
