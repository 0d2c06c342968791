import { existsSync } from 'node:fs';
import { type Browser, chromium } from '@playwright/test';

const CANDIDATES = [
  process.env.BACKROOM_TEST_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The system's Chromium: Playwright's own download is out of reach on many build machines. */
export const launchChromium = (): Promise<Browser> => {
  const executablePath = CANDIDATES.find((path) => path !== undefined && path !== '' && existsSync(path));
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      ...sandbox,
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
};
