import fc from 'fast-check';
import { expect, it } from 'vitest';
import { linearPattern } from './linear-pattern.ts';

const PATTERNS = [
  '^[a-z]{2,4}-\\d+$',
  'a|b|',
  '(ab|a)(bc|c)?$',
  '^(?:a*)*b?$',
  '^(a|ab)(c|bcd)(d*)$',
  '\\bcat\\b',
  '\\Bat',
  '^.{0,3}$',
  '^\\p{L}+$',
  '[^\\]a-c]x',
  '^(?<year>\\d{4})-(\\d{2})$',
  'a{2,}b{0,2}?c',
  '^$',
  '\\u0061+\\x62',
  '(|a)+b',
];

it('answers what the engine answers, for any text', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...PATTERNS),
      fc.oneof(
        fc.string({
          unit: fc.constantFrom('a', 'b', 'c', 'd', 'x', '-', '1', '2', ' ', ']', 'é', '😀', '\n'),
          maxLength: 12,
        }),
        fc.constantFrom('ab-12', 'abcd', 'a cat sat', '2026-11', 'aab', ''),
      ),
      (pattern, text) => linearPattern(pattern).test(text) === new RegExp(pattern, 'u').test(text),
    ),
    { numRuns: 4000, seed: 7 },
  );
});

it('patterns that stop other engines for years end at once, by the number of their steps', () => {
  const text = `${'a'.repeat(1900)}!`;
  for (const pattern of ['^(a+)+$', '^(a|a)*$', '^(a|aa)+$', '(.*a){20}$', '^(\\w+\\s?)*$', 'a*a*a*a*a*a*b'])
    expect(linearPattern(pattern).test(text), pattern).toBe(false);
});

it('a text that is too long fits nothing', () => {
  expect(linearPattern('a').test('a'.repeat(2001))).toBe(false);
});

it.each([
  ['(?=a)b', /look-ahead/],
  ['(?<!a)b', /look-ahead/],
  ['(a)\\1', /references/],
  ['(?<n>a)\\k<n>', /references/],
  ['(', /not a regular expression/],
  ['a'.repeat(501), /longer than 500/],
  ['(a{100}){100}', /too large/],
  ['((((){499}){499}){499}){499}', /too large/],
  ['(){999999999}', /too large/],
  [`${'('.repeat(40)}a${')'.repeat(40)}`, /too deeply/],
])('refuses %s', (pattern, words) => {
  expect(() => linearPattern(pattern)).toThrow(words);
});
