import { type ElectronApplication, expect } from '@playwright/test';

type Opened = typeof globalThis & { openedLinks?: string[] };

/**
 * Keeps what the app would open in the system's browser. `next` resolves with the first link that was not handed out yet, so that the link of an
 * earlier attempt is never taken for the present one's.
 */
export const catchOpenedLinks = async (app: ElectronApplication): Promise<{ next: () => Promise<string> }> => {
  await app.evaluate(({ shell }) => {
    const links: string[] = [];
    (globalThis as Opened).openedLinks = links;
    shell.openExternal = async (url: string) => {
      links.push(url);
    };
  });
  let taken = 0;
  const linkAt = (index: number): Promise<string> =>
    app.evaluate((_, place) => (globalThis as Opened).openedLinks?.[place] ?? '', index);
  return {
    next: async () => {
      await expect.poll(() => linkAt(taken)).not.toBe('');
      taken += 1;
      return linkAt(taken - 1);
    },
  };
};
