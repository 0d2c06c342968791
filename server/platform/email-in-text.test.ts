import { describe, expect, it } from 'vitest';
import { longerAddresses, namesEmail } from './email-in-text.ts';

const ANN = 'ann@mail.example';

describe('an address', () => {
  it.each([
    'ann@mail.example',
    'mailto:ann@mail.example',
    'name <ann@mail.example>, next',
    '/account/ann@mail.example/orders',
    '?email=ann@mail.example&x=1',
    'to%20ann@mail.example',
    String.raw`cut json "\u003cann@mail.example\u003e`,
    String.raw`line\nann@mail.example\n`,
    'it is ann@mail.example.',
    'joann@mail.example and ann@mail.example',
  ])('is named in %s', (text) => {
    expect(namesEmail(text, ANN)).toBe(true);
  });

  it.each([
    'joann@mail.example',
    'mary.ann@mail.example',
    'x+ann@mail.example',
    'ann@mail.example.org',
    'ann@mail.examples',
    'éann@mail.example',
  ])('is not named in %s', (text) => {
    expect(namesEmail(text, ANN)).toBe(false);
  });

  it('that holds it is another, and is listed as such', () => {
    expect(longerAddresses('a joann@mail.example, ann@mail.example and ann@mail.example.org', ANN)).toEqual([
      'joann@mail.example',
      'ann@mail.example.org',
    ]);
    expect(longerAddresses('ann@mail.example /account/ann@mail.example', ANN)).toEqual([]);
  });
});
