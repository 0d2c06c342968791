/** How far a list is held in memory: some thousand rows around the place, however far one scrolls. Pure but for what it remembers of a list. */

/** Of a hundred rows each. What lies farther away is dropped, and asked for again when one comes back to it. */
const MAX_PAGES = 30;
/** The cursor that means the first page where `null` would mean that there is none. */
const FIRST_PAGE = '';
const MOST_LISTS = 50;

interface PageOfCursor {
  readonly nextCursor: string | null;
}

/** What the first page alone says of a list. */
export interface ListHead {
  readonly total: number | null;
  readonly corrected: string | null;
}

export interface PageWindow {
  /** Options of an infinite query. */
  readonly paging: {
    readonly maxPages: number;
    readonly getNextPageParam: (page: PageOfCursor, pages: unknown, cursor: string | null) => string | null;
    readonly getPreviousPageParam: (page: PageOfCursor, pages: unknown, cursor: string | null) => string | null;
  };
  /** The head as of the last time that the first page was among the pages. `isTop`: it is among them now. */
  readonly headOf: (
    first: ListHead | undefined,
    cursor: string | null | undefined,
  ) => ListHead & { readonly isTop: boolean };
}

/** The server pages forward only, so the way back goes by the cursors that led here: a text for each hundred rows. */
export const createPageWindow = (): PageWindow => {
  const before = new Map<string, string>();
  let head: ListHead = { total: null, corrected: null };
  return {
    paging: {
      maxPages: MAX_PAGES,
      getNextPageParam: (page, _pages, cursor) => {
        if (page.nextCursor !== null) before.set(page.nextCursor, cursor ?? FIRST_PAGE);
        return page.nextCursor;
      },
      getPreviousPageParam: (_page, _pages, cursor) => (cursor === null ? null : (before.get(cursor) ?? null)),
    },
    headOf: (first, cursor) => {
      const isTop = !cursor;
      if (isTop && first !== undefined) head = { total: first.total, corrected: first.corrected };
      return { ...head, isTop };
    },
  };
};

const lists = new Map<string, PageWindow>();

/** The window of a list, kept beside its pages, which one may come back to. */
export const pageWindowOf = (list: string): PageWindow => {
  const known = lists.get(list) ?? createPageWindow();
  lists.delete(list);
  lists.set(list, known);
  const [oldest] = lists.keys();
  if (lists.size > MOST_LISTS && oldest !== undefined) lists.delete(oldest);
  return known;
};
