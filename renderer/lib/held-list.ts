/** A newest-first list that is held still while it is read. Pure. */

export interface HeldRows<T> {
  readonly rows: readonly T[];
  /** Rows that came after the list was held. */
  readonly newCount: number;
  /** More came than are loaded, so there are at least `newCount`. */
  readonly atLeast: boolean;
}

/**
 * `held` is what was shown when the list was held (`null`: it is not held), `live` what the backend has now. Older pages that
 * are loaded meanwhile go on at the end; what is new stays out and is counted.
 */
export const applyHold = <T>(held: readonly T[] | null, live: readonly T[], idOf: (row: T) => string): HeldRows<T> => {
  if (held === null) return { rows: live, newCount: 0, atLeast: false };
  const first = held[0];
  if (first === undefined) return { rows: held, newCount: live.length, atLeast: false };
  const known = new Set(held.map(idOf));
  const newCount = live.findIndex((row) => known.has(idOf(row)));
  const last = held.at(-1);
  const lastIndex = last === undefined ? -1 : live.findLastIndex((row) => idOf(row) === idOf(last));
  const older = lastIndex < 0 ? [] : live.slice(lastIndex + 1);
  return {
    rows: older.length === 0 ? held : [...held, ...older],
    newCount: newCount < 0 ? live.length : newCount,
    atLeast: newCount < 0 && live.length > 0,
  };
};

/** Pages of a keyset list, asked for one after the other while rows come in, can overlap. */
export const joinPages = <T>(pages: readonly { readonly items: readonly T[] }[], idOf: (row: T) => string): T[] => {
  const seen = new Set<string>();
  const rows: T[] = [];
  for (const page of pages) {
    for (const row of page.items) {
      const id = idOf(row);
      if (seen.has(id)) continue;
      seen.add(id);
      rows.push(row);
    }
  }
  return rows;
};
