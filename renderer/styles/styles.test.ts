import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/**
 * A screen's own stylesheet stays in the page when another screen is opened: a class with two meanings changes the look of a screen by
 * which one was opened before.
 */
it('a class that a screen’s stylesheet gives its look has no look in another', () => {
  const renderer = join(import.meta.dirname, '..');
  const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.css'))
    .map((file) => file.replaceAll('\\', '/'));
  const owners = new Map<string, Set<string>>();
  for (const file of files)
    for (const [, name = ''] of readFileSync(join(renderer, file), 'utf8').matchAll(/^\.(br-[\w-]+)(?=,? ?\{?$)/gm))
      owners.set(name, (owners.get(name) ?? new Set()).add(file));
  const shared = [...owners].filter(([, in_]) => in_.size > 1 && [...in_].some((file) => file.startsWith('routes')));
  expect(files.length).toBeGreaterThan(8);
  expect(shared.map(([name, in_]) => `${name}: ${[...in_].join(', ')}`)).toEqual([]);
});
