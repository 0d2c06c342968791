import { describe, expect, it } from 'vitest';
import { createGroupCommit } from './group-commit.ts';

const gate = (): { open: () => void; passed: Promise<void> } => {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
};

describe('group commit', () => {
  it('commits what arrives together in one group, in order, and answers each its own result', async () => {
    const groups: number[][] = [];
    const group = createGroupCommit<number, string>({
      maxGroup: 100,
      maxWaiting: 100,
      commit: async (items) => {
        groups.push([...items]);
        return items.map((item) => `r${item}`);
      },
    });
    expect(await Promise.all([1, 2, 3].map((item) => group.submit(item)))).toEqual(['r1', 'r2', 'r3']);
    expect(groups).toEqual([[1, 2, 3]]);
  });

  it('collects while a group is being committed, up to its limit', async () => {
    const groups: number[][] = [];
    const first = gate();
    const group = createGroupCommit<number, number>({
      maxGroup: 2,
      maxWaiting: 100,
      commit: async (items) => {
        groups.push([...items]);
        if (groups.length === 1) await first.passed;
        return items;
      },
    });
    const one = group.submit(1);
    await expect.poll(() => groups.length).toBe(1);
    const rest = [2, 3, 4].map((item) => group.submit(item));
    first.open();
    expect(await Promise.all([one, ...rest])).toEqual([1, 2, 3, 4]);
    expect(groups).toEqual([[1], [2, 3], [4]]);
  });

  it('ends a group where it would become too heavy; one that is too heavy by itself goes alone', async () => {
    const groups: number[][] = [];
    const group = createGroupCommit<number, number>({
      maxGroup: 3,
      maxWaiting: 100,
      weightOf: (item) => item,
      maxWeight: 10,
      commit: async (items) => {
        groups.push([...items]);
        return items;
      },
    });
    await Promise.all([4, 6, 1, 30, 2, 2, 2, 2].map((item) => group.submit(item)));
    expect(groups).toEqual([[4, 6], [1], [30], [2, 2, 2], [2]]);
  });

  it('fails all of a group that fails, and goes on with the next', async () => {
    let calls = 0;
    const group = createGroupCommit<number, number>({
      maxGroup: 2,
      maxWaiting: 100,
      commit: async (items) => {
        calls += 1;
        if (calls === 1) throw new Error('disk full');
        return items;
      },
    });
    const results = await Promise.allSettled([1, 2, 3].map((item) => group.submit(item)));
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect(await group.submit(4)).toBe(4);
  });

  it('turns away what exceeds the waiting room, and is idle afterwards', async () => {
    const group = createGroupCommit<number, number>({ maxGroup: 10, maxWaiting: 2, commit: async (items) => items });
    const results = await Promise.allSettled([1, 2, 3].map((item) => group.submit(item)));
    expect(results[2]).toMatchObject({
      status: 'rejected',
      reason: { code: 'RATE_LIMITED', hint: expect.any(String) },
    });
    await group.idle();
    expect(await group.submit(4)).toBe(4);
  });
});
