import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { fitWindowState, readWindowState, writeWindowState } from './window-state.ts';

const laptop = { x: 0, y: 0, width: 1440, height: 900 };
const right = { x: 1440, y: 0, width: 1920, height: 1080 };

describe('window state', () => {
  it('keeps a place that is visible', () => {
    const saved = { x: 1500, y: 40, width: 1200, height: 800, maximized: true };
    expect(fitWindowState(saved, [laptop, right])).toEqual({
      place: { x: 1500, y: 40 },
      width: 1200,
      height: 800,
      maximized: true,
    });
  });

  it('lets the system choose the place when the display is gone', () => {
    const fitted = fitWindowState({ x: 1500, y: 40, width: 1900, height: 1000, maximized: false }, [laptop]);
    expect(fitted).toEqual({ width: 1440, height: 900, maximized: false });
  });

  it('does not open with the title bar above the display', () => {
    expect(fitWindowState({ x: 10, y: -300, width: 1000, height: 700 }, [laptop]).place).toBeUndefined();
  });

  it.each([undefined, null, 'x', {}, { width: Number.NaN, height: 1 }, { width: 1e300, height: 5 }, []])(
    'takes the default for %j',
    (saved) => {
      expect(fitWindowState(saved, [laptop])).toEqual({ width: 1280, height: 832, maximized: false });
    },
  );

  it('is never smaller than the layout needs', () => {
    expect(fitWindowState({ x: 0, y: 0, width: 1, height: 1 }, [laptop])).toMatchObject({ width: 860, height: 560 });
  });

  it('survives a round through its file, and a damaged file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'backroom-window-'));
    const file = join(folder, 'window-state.json');
    const warn = vi.fn();
    expect(readWindowState(file, warn)).toBeUndefined();
    expect(warn).not.toHaveBeenCalled();
    writeWindowState(file, { ...laptop, maximized: true });
    expect(readWindowState(file, warn)).toEqual({ ...laptop, maximized: true });
    writeFileSync(file, '{');
    expect(readWindowState(file, warn)).toBeUndefined();
    expect(warn).toHaveBeenCalledOnce();
    rmSync(folder, { recursive: true });
  });
});
