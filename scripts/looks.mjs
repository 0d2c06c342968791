// `npm run looks`: pictures of every screen in both themes and two sizes, empty, loading, failing and full, for a person to look at:
// `.runtime/looks/SCREEN.html`. What follows is handed to Playwright, e.g. `npm run looks -- full -g orders`.
import { provideDisplay } from './lib/display.mjs';
import { run } from './lib/run.mjs';

const display = await provideDisplay();
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
