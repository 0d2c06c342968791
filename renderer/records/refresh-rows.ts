import { plural } from '../lib/format.ts';

type Outcome = 'changed' | 'unchanged' | 'gone';

export interface Fetched {
  readonly changed: number;
  readonly unchanged: number;
  readonly gone: number;
  readonly failed: number;
  /** The first one. */
  readonly failure: unknown;
}

/** Fetches one after the other, past those that fail; `onDone` is told how many there were. */
export const fetchEach = async (
  ids: readonly string[],
  fetchOne: (id: string) => Promise<{ readonly outcome: Outcome }>,
  onDone: (done: number) => void,
): Promise<Fetched> => {
  const counts = { changed: 0, unchanged: 0, gone: 0, failed: 0 };
  let failure: unknown = null;
  for (const [index, id] of ids.entries()) {
    try {
      counts[(await fetchOne(id)).outcome] += 1;
    } catch (error) {
      counts.failed += 1;
      failure ??= error;
    }
    onDone(index + 1);
  }
  return { ...counts, failure };
};

/** What came of it, as a sentence. */
export const fetchedWords = ({ changed, unchanged, gone, failed }: Fetched, one: string, many: string): string => {
  const parts = [
    ...(changed > 0 ? [`${changed} had changed`] : []),
    ...(gone > 0 ? [`${gone} ${gone === 1 ? 'is' : 'are'} gone at Shopify`] : []),
    ...(failed > 0 ? [`${failed} could not be fetched`] : []),
  ];
  const all = plural(changed + unchanged + gone + failed, one, many);
  return parts.length === 0 ? `${all}: nothing has changed at Shopify.` : `${all}: ${parts.join(', ')}.`;
};
