import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { emulateScheme } from '../e2e/axe.ts';
import type { RunningBackroom } from '../e2e/electron-fixture.ts';

const FOLDER = join(import.meta.dirname, '..', '..', '.runtime', 'looks');
export const SIZES = [
  { width: 1280, height: 800 },
  { width: 2560, height: 1440 },
] as const;

/** Columns follow the width that they measured, and colours their scheme, a frame or a transition later. */
const settle = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const ends = document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ends.map((each) => each.finished));
  });

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The desktop window itself, not only what its page believes: what is cut at its edge is cut in the picture. */
export const resize = async ({ app, window }: RunningBackroom, size: Size): Promise<void> => {
  await app.evaluate(
    ({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setContentBounds({ x: 0, y: 0, ...wanted }),
    size,
  );
  await expect
    .poll(() => window.evaluate(() => ({ width: innerWidth, height: innerHeight })), {
      message: 'The display is smaller than the pictures, or its window manager keeps windows smaller.',
    })
    .toEqual(size);
};

/** The window as it stands, in both sizes and themes: `.runtime/looks/SCREEN/STATE-WIDTH-SCHEME.png`. */
export const look = async (backroom: RunningBackroom, screen: string, state: string): Promise<void> => {
  const folder = join(FOLDER, screen);
  mkdirSync(folder, { recursive: true });
  // Nothing is pointed at.
  await backroom.window.mouse.move(4, 4);
  for (const size of SIZES) {
    await resize(backroom, size);
    for (const scheme of ['light', 'dark'] as const) {
      await emulateScheme(backroom.window, scheme);
      await settle(backroom.window);
      await backroom.window.screenshot({ path: join(folder, `${state}-${size.width}-${scheme}.png`) });
    }
  }
};

/** A contact sheet of each screen, all that was taken of it: `.runtime/looks/SCREEN.html`. */
export const makeContactSheets = (): void => {
  const screens = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name: screen } of screens) {
    const pictures = readdirSync(join(FOLDER, screen)).sort();
    const stateOf = (file: string): string => file.replace(/-\d+-(light|dark)\.png$/, '');
    const sections = [...new Set(pictures.map(stateOf))].map((state) => {
      const images = pictures
        .filter((file) => stateOf(file) === state)
        .map((file) => `<a href="${screen}/${file}"><img src="${screen}/${file}" alt="${file}" loading="lazy"></a>`);
      return `<h2>${screen}: ${state}</h2>${images.join('')}`;
    });
    const style = 'body{margin:8px;background:#888;font:16px sans-serif}img{width:calc(50% - 8px);margin:4px}';
    writeFileSync(
      join(FOLDER, `${screen}.html`),
      `<!doctype html><meta charset="utf-8"><title>${screen}</title><style>${style}</style>${sections.join('\n')}`,
    );
  }
};
