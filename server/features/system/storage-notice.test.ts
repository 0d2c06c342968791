import { expect, it } from 'vitest';
import { createStorageNotice, type StorageNotice } from './storage-notice.ts';

const MINUTE_MS = 60_000;

it('tells once that nothing can be stored, what to do, and not again for each time that the disk is full within the hour', () => {
  let now = 0;
  const shown: StorageNotice[] = [];
  const changed = createStorageNotice({ clock: { now: () => now }, show: (notice) => shown.push(notice) });
  const full = () => changed({ code: 'SQLITE_FULL', since: now });
  full();
  expect(shown).toEqual([
    {
      title: 'The disk is full, so nothing can be stored.',
      body: expect.stringMatching(/^Free some space on the disk\./),
      open: '/',
    },
  ]);
  for (let times = 0; times < 50; times += 1) {
    now += MINUTE_MS;
    changed(null);
    full();
  }
  expect(shown).toHaveLength(1);
  now += 10 * MINUTE_MS;
  changed(null);
  expect(shown).toHaveLength(1);
  full();
  expect(shown).toHaveLength(2);
});
