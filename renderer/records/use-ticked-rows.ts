import { useEffect, useMemo, useRef } from 'react';

/** The ticked rows, also those that the list has dropped since because they are far from the place. */
export const useTickedRows = <Row extends { readonly id: string }>(
  rows: readonly Row[],
  checked: ReadonlySet<string>,
): readonly Row[] => {
  const held = useRef<ReadonlyMap<string, Row>>(new Map());
  const ticked = useMemo(() => {
    const loaded = new Map(rows.filter(({ id }) => checked.has(id)).map((row) => [row.id, row]));
    for (const id of checked) {
      const row = loaded.get(id) ?? held.current.get(id);
      if (row !== undefined) loaded.set(id, row);
    }
    return loaded;
  }, [checked, rows]);
  useEffect(() => {
    held.current = ticked;
  }, [ticked]);
  return useMemo(() => [...ticked.values()], [ticked]);
};
