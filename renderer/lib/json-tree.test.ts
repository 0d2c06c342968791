import { describe, expect, it } from 'vitest';
import { findMatches, parsePayload, toLines } from './json-tree.ts';

const value = {
  id: 7,
  title: 'Mug',
  variants: [
    { sku: 'M-1', price: null },
    { sku: 'M-2', price: '9.00' },
  ],
  empty: {},
};
const none: ReadonlySet<string> = new Set();

describe('toLines', () => {
  it('shows closed containers with what they hold', () => {
    const lines = toLines(value, { openDepth: 1, toggled: none, forced: none });
    expect(lines.map(({ path, text }) => [path, text])).toEqual([
      ['$', '{ 4 fields }'],
      ['$.id', '7'],
      ['$.title', '"Mug"'],
      ['$.variants', '[ 2 items ]'],
      ['$.empty', '{}'],
    ]);
    expect(lines.find(({ path }) => path === '$.empty')?.expandable).toBe(false);
  });

  it('opens what was toggled or holds a match', () => {
    const toggled = toLines(value, { openDepth: 1, toggled: new Set(['$.variants']), forced: none });
    expect(toggled.map(({ path }) => path)).toContain('$.variants[0]');
    const closed = toLines(value, { openDepth: 5, toggled: new Set(['$.variants']), forced: none });
    expect(closed.map(({ path }) => path)).not.toContain('$.variants[0]');
    const forced = toLines(value, { openDepth: 5, toggled: new Set(['$.variants']), forced: new Set(['$.variants']) });
    expect(forced.map(({ path }) => path)).toContain('$.variants[0]');
  });

  it('keeps paths unique for odd names, and cuts endless text', () => {
    const lines = toLines(
      { 'a b': 1, 'a.b': 2, long: 'x'.repeat(1000) },
      { openDepth: 9, toggled: none, forced: none },
    );
    expect(lines.map(({ path }) => path)).toEqual(['$', '$["a b"]', '$["a.b"]', '$.long']);
    expect(lines.at(-1)?.text).toMatch(/… \(1,002 characters\)$/);
  });
});

describe('findMatches', () => {
  it('finds names and values in any case, with the containers to open', () => {
    const { paths, ancestors } = findMatches(value, 'SKU');
    expect(paths).toEqual(['$.variants[0].sku', '$.variants[1].sku']);
    expect([...ancestors]).toEqual(['$', '$.variants', '$.variants[0]', '$.variants[1]']);
    expect(findMatches(value, 'm-2').paths).toEqual(['$.variants[1].sku']);
    expect(findMatches(value, ' ').paths).toEqual([]);
  });
});

describe('parsePayload', () => {
  it('leaves text that is no JSON as text', () => {
    expect(parsePayload('{"a":1}')).toEqual({ value: { a: 1 }, valid: true });
    expect(parsePayload('a=1')).toEqual({ value: 'a=1', valid: false });
  });
});
