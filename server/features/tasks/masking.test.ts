import { expect, it } from 'vitest';
import { maskJson } from './masking.ts';

it('shows what a task works on, but neither secrets nor people', () => {
  const input = {
    shop: 'a.myshopify.com',
    apiKey: 'k',
    customerId: 7,
    customerCount: 3,
    order: { email: 'a@b.example', lines: [{ title: 'Mug', firstName: 'Ann' }] },
    done: true,
  };
  expect(JSON.parse(maskJson(JSON.stringify(input), (text) => text))).toEqual({
    shop: 'a.myshopify.com',
    apiKey: '[secret]',
    customerId: '[personal]',
    customerCount: 3,
    order: { email: '[personal]', lines: [{ title: 'Mug', firstName: '[personal]' }] },
    done: true,
  });
});
