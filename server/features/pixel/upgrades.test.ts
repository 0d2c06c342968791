import { expect, it } from 'vitest';
import { createReceiver } from './receive.ts';
import { createUpgrade, type UpgradeStep } from './upgrades.ts';
import { createPixelCheck } from './validators.ts';

const NOW = Date.parse('2026-11-24T10:00:00.000Z');
const event = (schema: unknown, changes: Record<string, unknown> = {}) => ({
  id: `event-${String(schema)}`,
  name: 'page_viewed',
  clientId: 'client',
  timestamp: '2026-11-24T09:59:59.000Z',
  backroom: { extension: '1.0.0', schema, page: 'p', n: 1, privacy: 'a', sentAt: '2026-11-24T10:00:00.000Z' },
  ...changes,
});
const receive = (receiver: ReturnType<typeof createReceiver>, ...events: unknown[]) =>
  receiver.toBatch('a.myshopify.com', NOW, receiver.parseBody(Buffer.from(JSON.stringify(events))));

/** A later Backroom, with two forms after today's. */
const STEPS: readonly UpgradeStep[] = [
  {
    from: 1,
    why: 'the client id had another name',
    to: ({ visitor, ...rest }) => ({ ...rest, clientId: visitor ?? rest.clientId }),
  },
  {
    from: 2,
    why: 'names had capitals',
    to: (old) => {
      if (typeof old.name !== 'string') throw new TypeError('no name');
      return { ...old, name: old.name.toLowerCase() };
    },
  },
];
const later = createReceiver({ check: createPixelCheck(), upgrade: createUpgrade(STEPS, 3) });

it('each older form is brought through every step after it, and stored in the present one', () => {
  const { accepted, rejected } = receive(
    later,
    event(1, { clientId: undefined, visitor: 'v-1', name: 'PAGE_VIEWED' }),
    event(2, { name: 'Page_Viewed' }),
    event(3),
  );
  expect(rejected).toEqual([]);
  expect(accepted.map(({ name, clientId }) => [name, clientId])).toEqual([
    ['page_viewed', 'v-1'],
    ['page_viewed', 'client'],
    ['page_viewed', 'client'],
  ]);
  expect(accepted.map(({ raw }) => (JSON.parse(raw) as { backroom: { schema: number } }).backroom.schema)).toEqual([
    3, 3, 3,
  ]);
});

it('newer, too old and broken ones wait with their reason, as they came, and others are not held up', () => {
  const { accepted, rejected } = receive(
    later,
    event(4),
    event(0),
    event(2, { name: 7 }),
    event(1.5),
    event('3'),
    event(3),
  );
  expect(accepted).toHaveLength(1);
  expect(rejected.map(({ reason }) => reason)).toEqual([
    'backroom.schema: is newer than this version of Backroom knows; it waits for an update',
    'backroom.schema: is too old to be read',
    'backroom.schema: could not be brought into the present form',
    'backroom.schema: must be integer',
    'backroom.schema: must be integer',
  ]);
  expect(JSON.parse(rejected[2]?.raw ?? '')).toMatchObject({ name: 7, backroom: { schema: 2 } });
});

it('what waited because it was newer fits once a Backroom comes that knows its form', () => {
  const today = createReceiver({ check: createPixelCheck() });
  const [waiting] = receive(today, event(2)).rejected;
  expect(waiting?.reason).toContain('is newer');
  const again = later.again('a.myshopify.com', NOW, JSON.parse(waiting?.raw ?? ''));
  expect([again.accepted.length, again.rejected.length]).toEqual([1, 0]);
});

it('a chain with a gap is not started', () => {
  expect(() => createUpgrade(STEPS.slice(0, 1), 3)).toThrow('gap');
});
