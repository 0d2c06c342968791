import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds against WCAG 2.2 AA on the page as it stands: one line a rule, with the first element. Empty is good. */
export const accessibilityProblems = async (page: Page): Promise<string[]> => {
  // Evaluated by the debugger, so the page's own policy against inline scripts stays as it is.
  await page.evaluate(source);
  const results: AxeResults = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    }),
  );
  return results.violations.map(
    (rule) => `${rule.id}: ${rule.help} (${rule.nodes.length}×, e.g. ${rule.nodes[0]?.html.slice(0, 160)})`,
  );
};

/** Light or dark, once the console has followed: what is looked at in between has colours of both. */
export const emulateScheme = async (page: Page, colorScheme: 'light' | 'dark'): Promise<void> => {
  await page.emulateMedia({ colorScheme });
  await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor({ state: 'attached' });
};
