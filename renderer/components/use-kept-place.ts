import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/** Where lists were left, in px; in the window's memory only, since a list's name holds what was searched for. */
const places = new Map<string, number>();
const MOST = 50;

const keep = (list: string, top: number): void => {
  places.delete(list);
  places.set(list, top);
  const [oldest] = places.keys();
  if (places.size > MOST && oldest !== undefined) places.delete(oldest);
};

/**
 * A list that one comes back to stands where it was left, once its rows are here.
 * @param list tells it from other lists; undefined: its place is not kept
 */
export const useKeptPlace = (
  scroller: RefObject<HTMLElement | null>,
  list: string | undefined,
  hasRows: boolean,
): void => {
  const isBack = useRef(false);
  useLayoutEffect(() => {
    if (list === undefined || !hasRows || isBack.current) return;
    isBack.current = true;
    if (scroller.current !== null) scroller.current.scrollTop = places.get(list) ?? 0;
  }, [hasRows, list, scroller]);
  useEffect(() => {
    const element = scroller.current;
    if (element === null || list === undefined) return;
    // Before its rows are here, it stands at the top without having been moved there.
    const note = (): void => {
      if (isBack.current) keep(list, element.scrollTop);
    };
    element.addEventListener('scroll', note, { passive: true });
    return () => element.removeEventListener('scroll', note);
  }, [list, scroller]);
};
