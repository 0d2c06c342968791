import { expect, it } from 'vitest';
import { createImportBar } from './import-bar.ts';

it('shows how far an import is, in a window that is opened meanwhile too, and nothing once it is over', () => {
  const shown: number[] = [];
  let window: { setProgressBar(progress: number): void } | null = null;
  const bar = createImportBar(() => window);
  bar.show({ share: 0.25 });
  expect(shown).toEqual([]);
  window = { setProgressBar: (progress) => shown.push(progress) };
  bar.apply();
  bar.show({ share: 0.5 });
  bar.show({ share: null });
  expect(shown).toEqual([0.25, 0.5, -1]);
});
