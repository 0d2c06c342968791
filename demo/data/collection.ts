import { compareKeys, type RowSource, type SortKey } from './ordered-list.ts';
import { compileSearch, type FieldReader, type SearchOptions } from './search.ts';
import { orderSeeded, type SeededOrder, type SortRule } from './seeded-order.ts';

/** How the rows of one kind come about, and what they are sorted and found by. */
export interface RowRecipe<Row> {
  readonly seeded: number;
  idOf(index: number): number;
  /** -1 when the id is none of this shop's. */
  indexOf(id: number): number;
  generate(index: number): Row;
  readonly sortRules: Readonly<Record<string, SortRule<Row>>>;
  /** The field of a search that a sort key goes by, so that a range of it need not be searched for. */
  readonly sortedField: Readonly<Record<string, string>>;
  fieldOf(row: Row, field: string): ReturnType<FieldReader>;
  /** A field of a seeded row that is known without building the row; undefined for the others. */
  cheapFieldOf(index: number, field: string): number | undefined;
}

export interface ListOptions<Row> extends SearchOptions {
  readonly sortKey: string;
  readonly query?: string | null | undefined;
  /** Only rows since this time of creation, for orders that an app may not see. */
  readonly createdSince?: number;
  /** How far the search index lags behind: later changes are searched as they were before. */
  readonly searchableUntil?: number;
  readonly only?: (row: Row) => boolean;
}

/** Rows by the million: those of the seed are built when asked for, and only what was changed is kept. */
export interface Collection<Row> {
  readonly count: number;
  get(id: number): Row | null;
  /** The row at this place among those that exist, for picking one at random. */
  nth(position: number): Row | null;
  /** Puts a changed row in the place of what was there. */
  put(id: number, row: Row): void;
  /** Adds a row after all others; it is made with its place, which its id follows from. */
  add(make: (index: number) => Row): Row;
  remove(id: number): boolean;
  list(options: ListOptions<Row>): RowSource<Row>;
  /** How many rows match, up to the limit and one more. */
  countOf(options: Omit<ListOptions<Row>, 'sortKey'>, limit: number): number;
  /** Every row in id order. */
  all(): Iterable<Row>;
}

interface Kept<Row> {
  readonly row: Row;
  readonly before: Row | null;
  readonly changedAt: number;
}

interface Place {
  readonly key: SortKey;
  readonly index: number;
}

export const createCollection = <Row>(recipe: RowRecipe<Row>, now: () => number): Collection<Row> => {
  const { seeded } = recipe;
  const kept = new Map<number, Kept<Row>>();
  const removed = new Set<number>();
  const orders = new Map<string, SeededOrder>();
  const overlays = new Map<string, { version: number; places: readonly Place[] }>();
  let size = seeded;
  let version = 0;

  const exists = (index: number): boolean => index >= 0 && index < size && !removed.has(index);
  const at = (index: number): Row => kept.get(index)?.row ?? recipe.generate(index);
  const ruleOf = (sortKey: string): { name: string; rule: SortRule<Row> } => {
    const rule = recipe.sortRules[sortKey];
    if (rule) return { name: sortKey, rule };
    const byId = recipe.sortRules.ID;
    if (!byId) throw new Error('a recipe sorts by ID at least');
    return { name: 'ID', rule: byId };
  };
  const orderOf = (sortKey: string): SeededOrder => {
    const { name, rule } = ruleOf(sortKey);
    const known = orders.get(name) ?? orderSeeded(seeded, rule, recipe.idOf, recipe.generate);
    orders.set(name, known);
    return known;
  };
  const overlayOf = (sortKey: string): readonly Place[] => {
    const { name, rule } = ruleOf(sortKey);
    const known = overlays.get(name);
    if (known?.version === version) return known.places;
    const places = [...kept]
      .map(([index, { row }]): Place => ({ index, key: [rule.ofRow(row), recipe.idOf(index)] }))
      .sort((left, right) => compareKeys(left.key, right.key));
    overlays.set(name, { version, places });
    return places;
  };

  /** The first place whose key comes after `key`, or is it. */
  const seek = (length: number, keyAt: (position: number) => SortKey, key: SortKey, isAfter: boolean): number => {
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = compareKeys(keyAt(middle), key);
      if (order < 0 || (order === 0 && isAfter)) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  /** Existing rows in order, changed ones at their new place, from beyond `from`. */
  function* walk(sortKey: string, from: SortKey | null, direction: 1 | -1): Generator<Place> {
    const order = orderOf(sortKey);
    const overlay = overlayOf(sortKey);
    const overlayKey = (position: number): SortKey => overlay[position]?.key ?? [0, 0];
    const isUp = direction === 1;
    let base = isUp ? 0 : order.length - 1;
    let over = isUp ? 0 : overlay.length - 1;
    if (from) {
      base = isUp ? seek(order.length, order.keyAt, from, true) : seek(order.length, order.keyAt, from, false) - 1;
      over = isUp ? seek(overlay.length, overlayKey, from, true) : seek(overlay.length, overlayKey, from, false) - 1;
    }
    while (true) {
      while (base >= 0 && base < order.length) {
        const index = order.indexAt(base);
        if (!kept.has(index) && !removed.has(index)) break;
        base += direction;
      }
      const changed = overlay[over];
      const hasBase = base >= 0 && base < order.length;
      if (!hasBase && !changed) return;
      const baseKey = hasBase ? order.keyAt(base) : null;
      if (changed && (!baseKey || compareKeys(changed.key, baseKey) * direction < 0)) {
        over += direction;
        yield changed;
      } else if (baseKey) {
        const index = order.indexAt(base);
        base += direction;
        yield { key: baseKey, index };
      }
    }
  }

  const matcherOf = (options: Omit<ListOptions<Row>, 'sortKey'>): ((index: number) => boolean) | null => {
    const search = compileSearch(options.query, options);
    const { createdSince, searchableUntil, only } = options;
    if (!search && createdSince === undefined && !only) return null;
    return (index) => {
      const entry = kept.get(index);
      const isIndexed = !entry || searchableUntil === undefined || entry.changedAt <= searchableUntil;
      // A lagging index knows nothing of a new row, and the old state of a changed one.
      if (search && !isIndexed && entry.before === null) return false;
      let row: Row | undefined = entry ? (isIndexed ? entry.row : (entry.before ?? entry.row)) : undefined;
      const read: FieldReader = (field) => {
        const cheap = row === undefined ? recipe.cheapFieldOf(index, field) : undefined;
        if (cheap !== undefined) return cheap;
        row ??= recipe.generate(index);
        return recipe.fieldOf(row, field);
      };
      if (createdSince !== undefined && Number(read('created_at')) < createdSince) return false;
      if (only && !only(at(index))) return false;
      return !search || search.matches(read);
    };
  };

  const list = (options: ListOptions<Row>): RowSource<Row> => {
    const { sortKey } = options;
    const matches = matcherOf(options);
    const search = compileSearch(options.query, options);
    const field = recipe.sortedField[ruleOf(sortKey).name];
    // A lagging index sorts by what it knows too, which the bounds do not; then every row is looked at.
    const bounds = search && field && options.searchableUntil === undefined ? search.bounds(field) : null;
    return {
      scan: function* (from, direction) {
        let start = from;
        if (bounds) {
          const edge: SortKey =
            direction === 1 ? [bounds.min, Number.NEGATIVE_INFINITY] : [bounds.max, Number.POSITIVE_INFINITY];
          if (Number.isFinite(edge[0]) && (!start || compareKeys(edge, start) * direction > 0)) start = edge;
        }
        for (const { key, index } of walk(sortKey, start, direction)) {
          if (bounds && typeof key[0] === 'number' && (direction === 1 ? key[0] > bounds.max : key[0] < bounds.min))
            return;
          if (!matches || matches(index)) yield { key, row: () => at(index) };
        }
      },
    };
  };

  return {
    get count() {
      return size - removed.size;
    },
    get: (id) => {
      const index = recipe.indexOf(id);
      return exists(index) ? at(index) : null;
    },
    nth: (position) => {
      let index = position;
      for (const gap of [...removed].sort((left, right) => left - right)) if (gap <= index) index += 1;
      return exists(index) ? at(index) : null;
    },
    put: (id, row) => {
      const index = recipe.indexOf(id);
      const before = index < seeded || kept.has(index) ? at(index) : null;
      kept.set(index, { row, before, changedAt: now() });
      version += 1;
    },
    add: (make) => {
      const index = size;
      size += 1;
      version += 1;
      const row = make(index);
      kept.set(index, { row, before: null, changedAt: now() });
      return row;
    },
    remove: (id) => {
      const index = recipe.indexOf(id);
      if (!exists(index)) return false;
      removed.add(index);
      kept.delete(index);
      version += 1;
      return true;
    },
    list,
    countOf: (options, limit) => {
      const matches = matcherOf(options);
      if (!matches) return Math.min(size - removed.size, limit + 1);
      let count = 0;
      for (const row of list({ ...options, sortKey: 'ID' }).scan(null, 1)) {
        void row;
        count += 1;
        if (count > limit) break;
      }
      return count;
    },
    *all() {
      for (let index = 0; index < size; index += 1) if (!removed.has(index)) yield at(index);
    },
  };
};
