import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDecimal, toMinorUnits } from './money.ts';

describe('money', () => {
  it('keeps every amount to the last unit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 12 }),
        fc.constantFrom(['EUR', 2], ['JPY', 0], ['KWD', 3]),
        fc.boolean(),
        (minor, [currency, digits], negative) => {
          const text = String(minor).padStart(Number(digits) + 1, '0');
          const cut = text.length - Number(digits);
          const amount = `${negative ? '-' : ''}${text.slice(0, cut)}${digits === 0 ? '' : `.${text.slice(cut)}`}`;
          expect(toMinorUnits(amount, String(currency)) === (negative ? -minor : minor) || minor === 0).toBe(true);
        },
      ),
    );
  });
  it('never throws, and answers an integer or nothing', () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.string()), (amount, currency) => {
        const value = toMinorUnits(amount, currency);
        expect(value === null || Number.isSafeInteger(value)).toBe(true);
      }),
    );
  });
  it.each([
    ['12.3', 'EUR', 1230],
    ['12', null, 1200],
    ['1000.00', 'JPY', 1000],
    ['1.2345', 'KWD', 1234],
    ['', 'EUR', null],
    ['1e3', 'EUR', null],
    ['9'.repeat(20), 'EUR', null],
  ])('%s %s is %s', (amount, currency, expected) => expect(toMinorUnits(amount, currency)).toBe(expected));
});

it.each([
  [1230, 'EUR', '12.30'],
  [5, 'EUR', '0.05'],
  [-705, 'USD', '-7.05'],
  [500, 'JPY', '500'],
  [1234, 'KWD', '1.234'],
])('%d minor units of %s are written as %s', (minor, currency, text) => {
  expect(toDecimal(minor, currency)).toBe(text);
  expect(toMinorUnits(text, currency)).toBe(minor);
});
