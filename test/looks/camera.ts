import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { emulateScheme } from '../e2e/axe.ts';

const FOLDER = join(import.meta.dirname, '..', '..', '.runtime', 'looks');
const SIZES = [
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

/** The page as it stands, in both sizes and themes: `.runtime/looks/SCREEN/STATE-WIDTH-SCHEME.png`. */
export const look = async (page: Page, screen: string, state: string): Promise<void> => {
  const folder = join(FOLDER, screen);
  mkdirSync(folder, { recursive: true });
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const scheme of ['light', 'dark'] as const) {
      await emulateScheme(page, scheme);
      await settle(page);
      await page.screenshot({ path: join(folder, `${state}-${size.width}-${scheme}.png`) });
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
