import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileRule } from './compile-rule.ts';
import { inferSchema } from './infer-schema.ts';

it('finds types, fields that are always there, and choices', () => {
  const values = Array.from({ length: 10 }, (_, index) => ({
    plan: index % 2 === 0 ? 'monthly' : 'yearly',
    price: index + 0.5,
    ...(index === 3 ? { note: 'x' } : {}),
    tags: ['a', index],
  }));
  expect(inferSchema(values)).toEqual({
    type: 'object',
    required: ['plan', 'price', 'tags'],
    properties: {
      plan: { enum: ['monthly', 'yearly'] },
      price: { type: 'number' },
      note: { type: 'string' },
      tags: { type: 'array', items: { type: ['integer', 'string'] } },
    },
  });
});

it('whatever the values, the schema is one that can be used and that they fit', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue({ depthSize: 'small' }), { maxLength: 8 }), (values) => {
      const { problems, check } = compileRule(JSON.stringify(inferSchema(values)));
      expect(problems).toEqual([]);
      for (const value of values) expect(check?.(value)).toBeNull();
    }),
    { numRuns: 500, seed: 3 },
  );
});
