// `npm run looks`: pictures of every screen in the desktop window, in both themes and two sizes, empty, loading, failing, away and full, for
// a person to look at: `.runtime/looks/SCREEN.html`. What follows is handed to Playwright, e.g. `npm run looks -- full -g orders`.
import { startDisplay } from './lib/display.mjs';
import { run } from './lib/run.mjs';

// On Linux never the person's own display: it may be smaller than the pictures, and its window manager has a say in sizes.
const display = process.platform === 'linux' ? await startDisplay('2720x1620') : { env: {}, close: () => undefined };
try {
  const { code } = await run(
    process.execPath,
    [
      'node_modules/@playwright/test/cli.js',
      'test',
      '--config=test/looks/playwright.config.ts',
      ...process.argv.slice(2),
    ],
    { stdio: 'inherit', env: { ...process.env, ...display.env } },
  );
  process.exitCode = code ?? 1;
} finally {
  display.close();
}
