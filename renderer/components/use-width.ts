import { type RefObject, useEffect, useState } from 'react';

/** Width of an element, 0 before it is known; steps of 20 px, so that dragging a pane doesn't render at each pixel. */
export const useWidth = (ref: RefObject<HTMLElement | null>): number => {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.round(entry.contentRect.width / 20) * 20);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return width;
};
