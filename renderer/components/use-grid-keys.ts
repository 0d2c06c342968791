import { type RefObject, useEffect, useRef } from 'react';
import { isModalOpen, wantsSingleKey } from '../shell/shortcuts.ts';

interface Options {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly count: number;
  readonly page: number;
  readonly activeIndex: number;
  readonly onMove: (index: number) => void;
  readonly onOpen: () => void;
  readonly onTick: () => void;
  /** Answers whether there was something to close. */
  readonly onClose: () => boolean;
}

const target = (key: string, { activeIndex, count, page }: Options): number | null => {
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return Math.min(activeIndex + 1, count - 1);
    case 'ArrowUp':
    case 'k':
      return Math.max(activeIndex - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    case 'PageDown':
      return Math.min(Math.max(activeIndex, 0) + page, count - 1);
    case 'PageUp':
      return Math.max(activeIndex - page, 0);
    default:
      return null;
  }
};

/** j, k, arrows, Enter, x and Escape. They also work when nothing has the focus: a list screen has one list. */
export const useGridKeys = (options: Options): void => {
  const latest = useRef(options);
  latest.current = options;
  useEffect(() => {
    // A dialog that this key closes is gone by the time the key comes here: it must not close what is behind the dialog as well.
    let wasModalOpen = false;
    const onCapture = (): void => {
      wasModalOpen = isModalOpen();
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || wasModalOpen || isModalOpen()) return;
      const now = latest.current;
      if (event.key === 'Escape') {
        // Fields that have something to clear, and menus, take the key for themselves.
        if (document.querySelector('[role="menu"]') === null && now.onClose()) event.preventDefault();
        return;
      }
      const onGrid = event.target === now.scroller.current;
      const free =
        onGrid ||
        event.target === document.body ||
        (event.target instanceof HTMLElement && event.target.id === 'content');
      if (!free || event.ctrlKey || event.metaKey || event.altKey) return;
      if ((event.key === 'j' || event.key === 'k') && !wantsSingleKey(event)) return;
      if (event.key === 'x' && wantsSingleKey(event)) {
        now.onTick();
        return;
      }
      if (event.key === 'Enter') {
        event.preventDefault();
        now.onOpen();
        return;
      }
      const index = target(event.key, now);
      if (index === null || now.count === 0) return;
      event.preventDefault();
      now.onMove(index);
    };
    window.addEventListener('keydown', onCapture, true);
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onCapture, true);
      window.removeEventListener('keydown', onKey);
    };
  }, []);
};
