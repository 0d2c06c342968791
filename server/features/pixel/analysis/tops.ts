import type { StatementConnection } from '../../../platform/db/statement-connection.ts';
import type { EventFacts } from './facts.ts';
import type { SourceChange } from './sessions.ts';

type Kind = 'product' | 'search' | 'source';
const DAY_S = 86_400;
/** Different labels a store, day and kind; what comes after is counted together, so that nobody can fill the table. */
const MAX_LABELS = 300;
const OTHER = '(other)';

const ADD = `INSERT INTO pixel_tops (shop, at, kind, label, seen, added, paid)
  SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6 FROM json_each(?) WHERE true
  ON CONFLICT (shop, at, kind, label) DO UPDATE SET seen = seen + excluded.seen, added = added + excluded.added, paid = paid + excluded.paid`;

/** Counts products, searches and sources by day, in the caller's transaction. */
export const saveTops = async (
  connection: StatementConnection,
  events: readonly EventFacts[],
  sources: readonly SourceChange[],
): Promise<void> => {
  const changes = new Map<string, [number, number, number]>();
  const add = (shop: string, at: number, kind: Kind, label: string, by: [number, number, number]): void => {
    if (by.every((each) => each === 0)) return;
    const seconds = Math.floor(at / 1000);
    const key = JSON.stringify([shop, seconds - (seconds % DAY_S), kind, label]);
    const change = changes.get(key) ?? [0, 0, 0];
    changes.set(key, [change[0] + by[0], change[1] + by[1], change[2] + by[2]]);
  };
  for (const event of events) {
    const by: [number, number, number] =
      event.name === 'product_viewed' ? [1, 0, 0] : event.name === 'product_added_to_cart' ? [0, 1, 0] : [0, 0, 1];
    for (const product of event.products) add(event.shop, event.at, 'product', product, by);
    if (event.search !== null) add(event.shop, event.at, 'search', event.search, [1, 0, 0]);
  }
  for (const change of sources)
    add(change.shop, change.at, 'source', change.source, [change.seen, change.added, change.paid]);
  if (changes.size === 0) return;

  const groups = new Map<string, string[][]>();
  for (const key of changes.keys()) {
    const parts = JSON.parse(key) as [string, number, Kind, string];
    const group = JSON.stringify(parts.slice(0, 3));
    groups.set(group, [...(groups.get(group) ?? []), [key, parts[3]]]);
  }
  const rows: unknown[][] = [];
  for (const [group, entries] of groups) {
    const parts = JSON.parse(group) as [string, number, Kind];
    const taken = await connection.all<{ label: string }>(
      'SELECT label FROM pixel_tops WHERE shop = ? AND at = ? AND kind = ? LIMIT ?',
      ...parts,
      MAX_LABELS + 1,
    );
    const labels = new Set(taken.map((row) => row.label));
    for (const [key = '', label = ''] of entries) {
      const fits = labels.has(label) || labels.size < MAX_LABELS;
      if (fits) labels.add(label);
      rows.push([...parts, fits ? label : OTHER, ...(changes.get(key) ?? [0, 0, 0])]);
    }
  }
  await connection.run(ADD, JSON.stringify(rows));
};
