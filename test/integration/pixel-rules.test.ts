import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Harness, pixelEvent, startHarness } from './harness.ts';

let h: Harness;
beforeAll(async () => {
  h = await startHarness({ byToken: true, env: { BACKROOM_LIMITS: 'off' } });
  await h.storeWhen((store) => store.pixelActive);
});
afterAll(() => h.close());

const NAME = 'newsletter_joined';
const joined = (customData: unknown, name = NAME) => pixelEvent({ name, type: 'custom', data: undefined, customData });
const ref = (name = NAME) => ({ shop: h.shop, name });
const schema = JSON.stringify({
  type: 'object',
  required: ['plan'],
  properties: { plan: { enum: ['weekly', 'monthly'] }, rank: { type: 'integer' } },
});

it('a rule is tried on recent events, saved, applied at intake, changed, checked again, switched off and deleted', async () => {
  const { pixel } = h.app.services;
  await h.pixel([
    joined({ plan: 'weekly', rank: 1 }),
    joined({ plan: 'daily' }),
    joined({ plan: 'daily' }),
    joined(null),
  ]);

  const draft = await pixel.draftRule(ref());
  expect(draft.events).toBe(4);
  expect(JSON.parse(draft.schema)).toMatchObject({ type: ['null', 'object'] });

  const tried = await pixel.testRule({ ...ref(), schema });
  expect(tried).toMatchObject({
    problems: [],
    accepted: { checked: 4, passing: 1 },
    quarantined: { checked: 0, passing: 0 },
    failures: [
      { reason: 'customData.plan: must be equal to one of the allowed values', events: 2 },
      { reason: 'customData: must be object', events: 1 },
    ],
  });
  expect(await pixel.get(tried.failures[0]?.exampleId ?? '')).toMatchObject({ name: NAME });
  expect((await pixel.testRule({ ...ref(), schema: '{"type":"objekt"}' })).problems).toEqual([
    { path: 'type', message: expect.stringContaining('A type is one of') },
  ]);

  expect(await pixel.saveRule({ ...ref(), schema })).toMatchObject({ enabled: true, quarantined: 0 });
  const before = await pixel.summary();
  const answer = await h.pixel([
    joined({ plan: 'monthly' }),
    joined({ plan: 'yearly' }),
    joined({ plan: 'weekly', rank: 'x' }),
    joined({ plan: 'yearly' }, 'another_name'),
  ]);
  expect([answer.status, answer.headers.get('x-backroom-quarantined')]).toEqual([204, '2']);
  const after = await pixel.summary();
  expect([after.accepted - before.accepted, after.quarantined - before.quarantined]).toEqual([2, 2]);
  const { items } = await pixel.quarantineGroups(h.shop);
  expect(items.map(({ reason, names }) => [reason, names])).toEqual(
    expect.arrayContaining([
      ['customData.plan: must be equal to one of the allowed values', [NAME]],
      ['customData.rank: must be integer', [NAME]],
    ]),
  );
  expect((await pixel.rules(h.shop)).items).toMatchObject([{ name: NAME, enabled: true, quarantined: 2 }]);

  // Another choice is allowed, and one reason becomes another.
  const wider = schema.replace('"monthly"', '"monthly","yearly"').replace('"integer"', '"boolean"');
  await pixel.saveRule({ ...ref(), schema: wider });
  expect(await pixel.rerun(ref())).toEqual({ accepted: 1, remaining: 1 });
  expect((await pixel.quarantineGroups(h.shop)).items.map(({ reason }) => reason)).toEqual([
    'customData.rank: must be boolean',
  ]);

  await pixel.enableRule({ ...ref(), enabled: false });
  expect((await h.pixel(joined({ plan: 5 }))).headers.get('x-backroom-quarantined')).toBeNull();
  expect(await pixel.rerun(ref())).toEqual({ accepted: 1, remaining: 0 });
  await pixel.enableRule({ ...ref(), enabled: true });
  expect((await h.pixel(joined({ plan: 5 }))).headers.get('x-backroom-quarantined')).toBe('1');

  await h.restart();
  expect((await h.pixel(joined({ plan: 5 }))).headers.get('x-backroom-quarantined')).toBe('1');
  expect(await h.app.services.pixel.removeRule(ref())).toEqual({ removed: true });
  expect((await h.pixel(joined({ plan: 5 }))).headers.get('x-backroom-quarantined')).toBeNull();
});

it('hostile schemas and names that are Shopify’s are refused, and nothing is stored', async () => {
  const { pixel } = h.app.services;
  for (const hostile of [
    '{',
    '{"$ref":"file:///etc/passwd"}',
    `{"pattern":"^${'(a{99})'.repeat(9)}$"}`,
    ' '.repeat(20_001),
  ])
    await expect(pixel.saveRule({ ...ref(), schema: hostile })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await expect(pixel.saveRule({ ...ref('page_viewed'), schema: '{}' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect((await pixel.rules(undefined)).items).toEqual([]);
});

it('a slow pattern and a long text keep nobody waiting', async () => {
  const { pixel } = h.app.services;
  await pixel.saveRule({ ...ref('slow'), schema: '{"properties":{"a":{"pattern":"^(([a-z])+.)+[A-Z]([a-z])+$"}}}' });
  const answer = await h.pixel(Array.from({ length: 50 }, () => joined({ a: 'a'.repeat(1500) }, 'slow')));
  expect(answer.headers.get('x-backroom-quarantined')).toBe('50');
  await pixel.removeRule(ref('slow'));
});

it('a rule holds for its own store only', async () => {
  const { pixel } = h.app.services;
  await pixel.saveRule({ shop: 'other.myshopify.com', name: NAME, schema: '{"type":"string"}' });
  expect(
    (await h.pixel({ ...joined({ plan: 5 }), id: randomUUID() })).headers.get('x-backroom-quarantined'),
  ).toBeNull();
});
