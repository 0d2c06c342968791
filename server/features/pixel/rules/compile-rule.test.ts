import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileRule } from './compile-rule.ts';

const compile = (schema: unknown) => compileRule(typeof schema === 'string' ? schema : JSON.stringify(schema));
const checkOf = (schema: unknown) => {
  const { problems, check } = compile(schema);
  expect(problems).toEqual([]);
  if (!check) throw new Error('no check');
  return check;
};

it('says where and why data does not fit, in a form that can be grouped', () => {
  const check = checkOf({
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    required: ['plan'],
    properties: {
      plan: { enum: ['monthly', 'yearly'] },
      items: { type: 'array', items: { $ref: '#/$defs/item' } },
      code: { type: 'string', pattern: '^[A-Z]{3}$' },
    },
    additionalProperties: { type: 'number' },
    $defs: { item: { type: 'object', required: ['price'], properties: { price: { type: 'number', minimum: 0 } } } },
  });
  expect(check({ plan: 'monthly', items: [{ price: 1 }], code: 'ABC', more: 2 })).toBeNull();
  expect(check(null)).toBe('customData: must be object');
  expect(check({})).toBe("customData: must have required property 'plan'");
  expect(check({ plan: 'yearly', items: [{ price: 1 }, { price: '2' }] })).toBe(
    'customData.items[].price: must be number',
  );
  expect(check({ plan: 'yearly', code: 'abc' })).toBe('customData.code: must match pattern "^[A-Z]{3}$"');
  // What a shopper made up stays out of the reason.
  expect(check({ plan: 'yearly', 'ada@planted.example': 'x' })).toBe('customData.*: must be number');
});

it('personal data is emptied before it is stored, so only its presence is checked', () => {
  const { warnings } = compile({ properties: { email: { type: 'string', format: 'email' } } });
  expect(warnings).toEqual([{ path: 'properties.email', message: expect.stringContaining('emptied') }]);
  const check = checkOf({
    required: ['email'],
    properties: {
      email: { type: 'string' },
      list: { items: { properties: { phone: { type: 'string' } } } },
      to: { format: 'email' },
    },
  });
  expect(check({ email: null, list: [{ phone: null }], to: '[e-mail]' })).toBeNull();
  expect(check({})).toContain("required property 'email'");
});

it.each([
  ['{', /^: This is not JSON: something is wrong at line 1, column 2/],
  ['{\n  "type": "object",\n  oops\n}', /line 3, column 3/],
  ['[]', /A schema is an object/],
  ['3', /A schema is an object/],
  [{ type: 'strng' }, /^type: A type is one of array, boolean/],
  [{ properties: { a: { minimum: 'x' } } }, /^properties.a.minimum: This must be number/],
  [{ required: 'a' }, /^required: This must be array/],
  [{ properties: { a: { foo: 1 } } }, /^properties.a.foo: “foo” is not a keyword/],
  [{ $ref: 'https://evil.example/schema.json' }, /^\$ref: A reference must name a definition of this schema/],
  [{ $ref: '#' }, /A reference must name/],
  [{ $ref: '#/$defs/toString', $defs: {} }, /A reference must name/],
  [{ $id: 'https://evil.example/a' }, /not a keyword/],
  [{ $ref: '#/$defs/a', $defs: { a: { allOf: [{ $ref: '#/$defs/a' }] } } }, /lead back to themselves/],
  [{ properties: { a: { pattern: '^(?=a)' } } }, /^properties.a.pattern: The pattern can’t be used: look-ahead/],
  [{ patternProperties: { '(': {} } }, /The pattern can’t be used/],
  [{ enum: [] }, /^enum: This must NOT have fewer/],
  [{ format: 'ipv9' }, /This format is not known/],
  [{ type: 'array', uniqueItems: true }, /Needs “maxItems”/],
  [' '.repeat(20_001), /at most 20000 characters/],
  [`${'{"not":'.repeat(17)}{}${'}'.repeat(17)}`, /nested more than 16 levels/],
  ['['.repeat(9000), /not JSON/],
  [
    {
      $ref: '#/$defs/d0',
      $defs: Object.fromEntries(
        Array.from({ length: 20 }, (_, at) => [
          `d${at}`,
          at === 19 ? {} : { anyOf: [{ $ref: `#/$defs/d${at + 1}` }, { $ref: `#/$defs/d${at + 1}` }] },
        ]),
      ),
    },
    /1000 are the limit/,
  ],
])('refuses %j', (schema, words) => {
  const { problems, check } = compile(schema);
  expect(check).toBeNull();
  expect(problems.map(({ path, message }) => `${path}: ${message}`).join('\n')).toMatch(words);
});

it('a pattern that other engines never finish is answered at once', () => {
  const check = checkOf({ properties: { a: { type: 'string', pattern: '^(a+)+$' } } });
  expect(check({ a: `${'a'.repeat(1000)}!` })).toContain('must match pattern');
  expect(checkOf({ patternProperties: { '^(a+)+$': { type: 'number' } } })({ [`${'a'.repeat(1000)}!`]: 1 })).toBeNull();
});

it('no text makes it throw, and what compiles answers any data', () => {
  const keyword = fc.constantFrom(
    'type',
    'properties',
    'items',
    'anyOf',
    '$ref',
    'pattern',
    'enum',
    'required',
    '__proto__',
    'const',
    'format',
    'not',
  );
  const value = fc.letrec((tie) => ({
    schema: fc.dictionary(keyword, tie('value'), { maxKeys: 4 }),
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('string', 'object', '#/$defs/a', 'a+', 'uuid', true, 3, null),
      fc.array(tie('schema'), { maxLength: 3 }),
      tie('schema'),
    ),
  }));
  fc.assert(
    fc.property(value.schema, fc.jsonValue(), (schema, data) => {
      const { problems, check } = compile(schema);
      expect((check === null) === problems.length > 0).toBe(true);
      const answer = check?.(data) ?? null;
      expect(answer === null || typeof answer === 'string').toBe(true);
    }),
    { numRuns: 1500, seed: 11 },
  );
});
