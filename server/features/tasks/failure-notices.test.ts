import { expect, it } from 'vitest';
import { createFailureNotices } from './failure-notices.ts';

const setUp = () => {
  const shown: string[] = [];
  const errors: unknown[] = [];
  const minutes: (() => void)[] = [];
  const notices = createFailureNotices({
    clock: {
      delay: (_ms, signal) =>
        new Promise((resolve, reject) => {
          minutes.push(resolve);
          signal?.addEventListener('abort', () => reject(signal.reason));
        }),
    },
    titleOf: (name) => `Title of ${name}`,
    show: ({ title, open }) => shown.push(`${title} -> ${open}`),
    onError: (error) => errors.push(error),
  });
  const minutePasses = async (): Promise<void> => {
    minutes.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { shown, errors, notices, minutePasses };
};

it('tells of the first failure at once and of a flood once a minute', async () => {
  const { shown, notices, minutePasses } = setUp();
  for (let id = 1; id <= 500; id += 1) notices.failed({ id: String(id), name: 'sync' });
  expect(shown).toEqual(['Failed: Title of sync -> /tasks?state=failed&id=1']);
  await minutePasses();
  expect(shown.slice(1)).toEqual(['499 more tasks failed -> /tasks?state=failed']);
  notices.failed({ id: '501', name: 'sync' });
  expect(shown).toHaveLength(2);
  await minutePasses();
  expect(shown.slice(2)).toEqual(['Another task failed -> /tasks?state=failed']);
  await minutePasses();
  expect(shown).toHaveLength(3);
  notices.failed({ id: '502', name: 'sync' });
  expect(shown.at(-1)).toBe('Failed: Title of sync -> /tasks?state=failed&id=502');
});

it('says nothing once it was stopped', async () => {
  const { shown, errors, notices, minutePasses } = setUp();
  notices.failed({ id: '1', name: 'sync' });
  notices.failed({ id: '2', name: 'sync' });
  notices.stop();
  await minutePasses();
  expect(shown).toHaveLength(1);
  expect(errors).toEqual([]);
});
