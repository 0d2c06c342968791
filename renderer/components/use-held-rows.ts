import { useCallback, useMemo, useState } from 'react';
import { applyHold, type HeldRows } from '../lib/held-list.ts';

interface Held<T> {
  readonly key: string;
  readonly rows: readonly T[];
}

interface Hold<T> extends HeldRows<T> {
  readonly paused: boolean;
  readonly setPaused: (paused: boolean) => void;
  readonly onAwayFromTop: (away: boolean) => void;
  /** Show what is new. */
  readonly release: () => void;
}

/** Holds a live list still when the person pauses it, and also while they have scrolled away from its top. */
export const useHeldRows = <T>(live: readonly T[], idOf: (row: T) => string, key: string): Hold<T> => {
  const [paused, setPausedState] = useState(false);
  const [away, setAway] = useState(false);
  const [held, setHeld] = useState<Held<T> | null>(null);

  const wanted = paused || away;
  // Another filter is another list: what was held of the old one has no meaning in it.
  const valid = held !== null && held.key === key ? held : null;
  const hold = wanted ? (valid ?? { key, rows: live }) : null;
  if (hold !== held && (hold === null || live.length > 0)) setHeld(hold);

  const view = useMemo(() => applyHold(hold?.rows ?? null, live, idOf), [hold?.rows, idOf, live]);
  const release = useCallback(() => {
    setPausedState(false);
    setAway(false);
    setHeld(null);
  }, []);
  return { ...view, paused, setPaused: setPausedState, onAwayFromTop: setAway, release };
};
