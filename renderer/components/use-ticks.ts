import { useRef } from 'react';

interface Options<T> {
  readonly rows: readonly T[];
  readonly rowId: (row: T) => string;
  readonly checked?: ReadonlySet<string>;
  readonly onChecked?: (checked: ReadonlySet<string>) => void;
}

/** Ticking rows: one, a range with Shift, all that are loaded. Undefined where rows can't be ticked. */
export const useTicks = <T>({ rows, rowId, checked, onChecked }: Options<T>) => {
  const last = useRef<string | undefined>(undefined);
  if (checked === undefined || onChecked === undefined) return undefined;
  const toggle = (id: string, range: boolean): void => {
    const next = new Set(checked);
    const ids = rows.map(rowId);
    const from = last.current === undefined ? -1 : ids.indexOf(last.current);
    const to = ids.indexOf(id);
    if (range && from >= 0) for (const each of ids.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(each);
    else if (!next.delete(id)) next.add(id);
    last.current = id;
    onChecked(next);
  };
  const all = rows.length > 0 && rows.every((row) => checked.has(rowId(row)));
  return {
    toggle,
    header: {
      all,
      some: checked.size > 0,
      onToggle: () => onChecked(new Set(all ? [] : rows.map(rowId))),
    },
  };
};
