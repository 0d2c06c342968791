import { useSyncExternalStore } from 'react';
import { COLUMNS, type ColumnSpec, type Resource } from '../../shared/browse/columns.ts';
import { persistent } from '../lib/preferences.ts';
import type { Store } from '../lib/store.ts';

/** How a person has set up one grid. Columns that come with a later version are shown where the list of columns has them. */
export interface Layout {
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  readonly widths: Readonly<Record<string, number>>;
  /** So many of the first shown columns stay in sight while the rest scrolls sideways. */
  readonly pinned: number;
  readonly density: 'compact' | 'comfortable';
}

/** A selection, an order and a layout under a name. */
export interface SavedView {
  readonly name: string;
  readonly search: Readonly<Record<string, string>>;
  readonly layout: Layout;
}

export const MIN_WIDTH = 56;
export const MAX_WIDTH = 640;

export const specsOf = (resource: Resource): Readonly<Record<string, ColumnSpec>> => COLUMNS[resource];

export const defaultLayout = (resource: Resource): Layout => {
  const specs = Object.entries(specsOf(resource));
  return {
    order: specs.map(([id]) => id),
    hidden: specs.filter(([, spec]) => spec.hidden === true).map(([id]) => id),
    widths: {},
    pinned: 1,
    density: 'comfortable',
  };
};

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

/** What was kept, made to fit the columns there are. Null when it can't be read. */
export const readLayout = (resource: Resource, value: unknown): Layout | null => {
  if (typeof value !== 'object' || value === null) return null;
  const kept = value as Partial<Record<keyof Layout, unknown>>;
  const initial = defaultLayout(resource);
  const known = new Set(initial.order);
  const order = strings(kept.order).filter((id) => known.has(id));
  const placed = new Set(order);
  const widths = typeof kept.widths === 'object' && kept.widths !== null ? Object.entries(kept.widths) : [];
  return {
    order: [...order, ...initial.order.filter((id) => !placed.has(id))],
    hidden: [...strings(kept.hidden).filter((id) => known.has(id)), ...initial.hidden.filter((id) => !placed.has(id))],
    widths: Object.fromEntries(
      widths.filter((entry): entry is [string, number] => known.has(entry[0]) && typeof entry[1] === 'number'),
    ),
    pinned: typeof kept.pinned === 'number' && kept.pinned >= 0 && kept.pinned <= 3 ? Math.floor(kept.pinned) : 1,
    density: kept.density === 'compact' ? 'compact' : 'comfortable',
  };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

const once = <T>(make: (resource: Resource) => Store<T>): ((resource: Resource) => Store<T>) => {
  const made = new Map<Resource, Store<T>>();
  return (resource) => {
    const store = made.get(resource) ?? make(resource);
    made.set(resource, store);
    return store;
  };
};

export const layoutStore = once<Layout>((resource) =>
  persistent(
    `backroom-layout-${resource}`,
    defaultLayout(resource),
    (text) => readLayout(resource, parseJson(text)),
    JSON.stringify,
  ),
);

const readViews = (resource: Resource, value: unknown): SavedView[] =>
  (Array.isArray(value) ? value : []).flatMap((each: unknown) => {
    if (typeof each !== 'object' || each === null) return [];
    const { name, search, layout } = each as Partial<Record<keyof SavedView, unknown>>;
    const read = readLayout(resource, layout);
    if (typeof name !== 'string' || typeof search !== 'object' || search === null || read === null) return [];
    const text = Object.entries(search).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    return [{ name, search: Object.fromEntries(text), layout: read }];
  });

export const viewStore = once<readonly SavedView[]>((resource) =>
  persistent<readonly SavedView[]>(
    `backroom-views-${resource}`,
    [],
    (text) => readViews(resource, parseJson(text)),
    JSON.stringify,
  ),
);

/** The views that go with the chosen store: its own, and those that were saved without a store. Without a store chosen, all. */
export const viewsOf = (views: readonly SavedView[], shop: string | undefined): readonly SavedView[] =>
  views.filter((view) => shop === undefined || view.search.shop === undefined || view.search.shop === shop);

/** Two stores may each have a view of the same name. */
export const isSameView = (one: SavedView, other: SavedView): boolean =>
  one.name === other.name && one.search.shop === other.search.shop;

export const useStore = <T>(store: Store<T>): T => useSyncExternalStore(store.subscribe, store.get);
