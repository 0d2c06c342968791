import { describe, expect, it } from 'vitest';
import { applyHold, joinPages } from './held-list.ts';

const idOf = (row: { id: string }): string => row.id;
const rows = (...ids: string[]): { id: string }[] => ids.map((id) => ({ id }));
const ids = (list: readonly { id: string }[]): string => list.map(idOf).join('');

describe('applyHold', () => {
  it('shows what is live while nothing is held', () => {
    expect(applyHold(null, rows('c', 'b', 'a'), idOf)).toMatchObject({ newCount: 0, atLeast: false });
  });

  it('keeps new rows out and counts them', () => {
    const view = applyHold(rows('b', 'a'), rows('d', 'c', 'b', 'a'), idOf);
    expect(ids(view.rows)).toBe('ba');
    expect(view.newCount).toBe(2);
  });

  it('goes on with older pages', () => {
    expect(ids(applyHold(rows('d', 'c'), rows('e', 'd', 'c', 'b', 'a'), idOf).rows)).toBe('dcba');
  });

  it('says "at least" when what was held has left the loaded part', () => {
    const view = applyHold(rows('b', 'a'), rows('f', 'e', 'd'), idOf);
    expect(ids(view.rows)).toBe('ba');
    expect(view).toMatchObject({ newCount: 3, atLeast: true });
  });

  it('counts everything as new for a list that was empty', () => {
    expect(applyHold([], rows('a'), idOf).newCount).toBe(1);
  });
});

describe('joinPages', () => {
  it('leaves out what two pages share, keeping the newer copy', () => {
    expect(ids(joinPages([{ items: rows('d', 'c') }, { items: rows('c', 'b') }], idOf))).toBe('dcb');
  });
});
