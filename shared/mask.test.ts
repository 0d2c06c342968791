import { expect, it } from 'vitest';
import { holdsMask, maskText } from './mask.ts';

it.each([
  ['ada@example.com', 'a•••@e•••'],
  ['+49 151 12345678', '•••78'],
  ['Lovelace', 'L•••'],
  ['Ada Lovelace', 'A••• L•••'],
  ['  Ada   Lovelace ', 'A••• L•••'],
  ['李雷', '李•••'],
  ['', ''],
])('%s is shown as %s', (value, masked) => expect(maskText(value)).toBe(masked));

it('a text with a masked part in it is known', () => {
  expect(holdsMask(`{"email":"${maskText('ada@example.com')}"}`)).toBe(true);
  expect(holdsMask('{"email":"ada@example.com"}')).toBe(false);
});
