import { type RefObject, useLayoutEffect, useRef } from 'react';

interface Options<T> {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly rows: readonly T[];
  readonly rowId: (row: T) => string;
  readonly rowHeight: number;
  readonly resetKey: string;
  /** How far it was scrolled at the last event, in px: to ask the element would have it laid out within the render. */
  readonly scrolled: () => number;
}

/** Keeps the rows that a person looks at in place while others come or go above them. */
export const useScrollAnchor = <T>({ scroller, rows, rowId, rowHeight, resetKey, scrolled }: Options<T>): void => {
  const before = useRef<{ rows: readonly T[]; resetKey: string }>({ rows, resetKey });

  useLayoutEffect(() => {
    const element = scroller.current;
    const old = before.current;
    before.current = { rows, resetKey };
    if (element === null) return;
    if (old.resetKey !== resetKey) {
      // At once, although the rows of the new search may still be on their way.
      if (scrolled() > 0) element.scrollTop = 0;
      return;
    }
    if (old.rows === rows) return;
    const top = Math.floor(scrolled() / rowHeight);
    if (top === 0) return;
    // The row at the top may itself have moved away; one of the next few stands in for it.
    for (let index = top; index < Math.min(top + 20, old.rows.length); index += 1) {
      const row = old.rows[index];
      if (row === undefined) return;
      const id = rowId(row);
      const now = rows.findIndex((candidate) => rowId(candidate) === id);
      if (now < 0) continue;
      // A row that jumped far was sorted anew; following it would lose the place instead of keeping it.
      if (Math.abs(now - index) > 200) continue;
      element.scrollTop += (now - index) * rowHeight;
      return;
    }
  }, [resetKey, rowHeight, rowId, rows, scrolled, scroller]);
};
