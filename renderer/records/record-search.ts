import { DEFAULT_SORT, type Resource, sortableColumns } from '../../shared/browse/columns.ts';

/** What a record screen keeps in its address, so that it can be linked to, kept as a view, and come back to. */
export interface RecordSearch {
  search?: string | undefined;
  filters?: string | undefined;
  sort?: string | undefined;
  order?: 'asc' | 'desc' | undefined;
  shop?: string | undefined;
  id?: string | undefined;
}

const KEYS = ['search', 'filters', 'shop', 'id'] as const;

export const readRecordSearch =
  (resource: Resource) =>
  (raw: Record<string, unknown>): RecordSearch => {
    const found: RecordSearch = {};
    for (const key of KEYS) {
      const value = raw[key];
      // The router parses `?search=123` to a number; in an address it was meant as text.
      const text = typeof value === 'number' ? String(value) : value;
      if (typeof text === 'string' && text !== '') found[key] = text;
    }
    const { sort, order } = raw;
    if (typeof sort === 'string' && (sort === 'relevance' || sortableColumns(resource).includes(sort)))
      found.sort = sort;
    if (order === 'asc' || order === 'desc') found.order = order;
    return found;
  };

/** What the list is sorted by: in a search without a choice, how well it fits. */
export const sortingOf = (
  resource: Resource,
  { sort, order, search }: RecordSearch,
): { readonly sort: string; readonly order: 'asc' | 'desc' } => ({
  sort: sort ?? (search === undefined ? DEFAULT_SORT[resource].sort : 'relevance'),
  order: order ?? DEFAULT_SORT[resource].order,
});
