import { readFileSync, renameSync, writeFileSync } from 'node:fs';

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowState {
  /** Absent: let the system choose the place. */
  readonly place?: { readonly x: number; readonly y: number };
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

export const MIN_WIDTH = 860;
export const MIN_HEIGHT = 560;
const DEFAULT: WindowState = { width: 1280, height: 832, maximized: false };
/** So much of the title bar has to be on a display that the window can be grasped. */
const GRASP = 80;

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);

/**
 * A saved state made fit for the displays of today: a window on a display that is gone opens where the system puts it,
 * and none is larger than its display. Whatever is not a state counts as none.
 */
export const fitWindowState = (saved: unknown, displays: readonly Area[]): WindowState => {
  if (typeof saved !== 'object' || saved === null) return DEFAULT;
  const { x, y, width, height, maximized } = saved as Record<string, unknown>;
  if (!isCount(width) || !isCount(height)) return DEFAULT;
  const display =
    isCount(x) && isCount(y)
      ? displays.find(
          (area) =>
            x + width >= area.x + GRASP &&
            x + GRASP <= area.x + area.width &&
            y >= area.y &&
            y + GRASP <= area.y + area.height,
        )
      : undefined;
  const limit = display ?? displays[0] ?? DEFAULT;
  return {
    ...(display !== undefined && isCount(x) && isCount(y) ? { place: { x, y } } : {}),
    width: Math.max(MIN_WIDTH, Math.min(width, limit.width)),
    height: Math.max(MIN_HEIGHT, Math.min(height, limit.height)),
    maximized: maximized === true,
  };
};

/** The saved state, or undefined at the first start and when the file is damaged (then `warn` is told: only a place is lost). */
export const readWindowState = (file: string, warn: (message: string, error: unknown) => void): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      warn(`The window's place in ${file} can't be read; the default is used.`, error);
    return undefined;
  }
};

/** Written through a second file, so that a crash in between leaves the old state. */
export const writeWindowState = (file: string, state: Area & { readonly maximized: boolean }): void => {
  const draft = `${file}.new`;
  writeFileSync(draft, JSON.stringify(state));
  renameSync(draft, file);
};
