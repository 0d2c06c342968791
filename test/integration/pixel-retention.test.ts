import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { PixelRetention } from '../../shared/api.ts';
import { type Harness, pixelEvent, startHarness } from './harness.ts';
import { query } from './sync-harness.ts';

let h: Harness;
let key = '';
beforeAll(async () => {
  h = await startHarness({ byToken: true, env: { BACKROOM_LIMITS: 'off', BACKROOM_PIXEL_KEEP_MEGABYTES: '500' } });
  key = (await h.storeWhen((store) => store.pixelActive)).pixelKey;
});
afterAll(() => h.close());

const read = async (): Promise<PixelRetention> => (await h.api<PixelRetention>('/pixel/retention')).body;
const save = (settings: object) =>
  h.api<PixelRetention>('/pixel/retention', { method: 'PUT', body: JSON.stringify(settings) });

/** Bytes of the events' own pages, as SQLite counts them. */
const stored = async (): Promise<{ rows: number; bytes: number }> => {
  const [row] = await query<{ rows: number; bytes: number }>(
    h.dataDir,
    `SELECT (SELECT count(*) FROM pixel_events) AS rows, (SELECT sum(pgsize) FROM dbstat WHERE name = 'pixel_events') AS bytes`,
  );
  if (row === undefined) throw new Error('a count has one row');
  return row;
};

it('the environment gives the limits until an operator saves others, which a restart keeps', async () => {
  expect(await read()).toMatchObject({
    days: 90,
    megabytes: 500,
    maxEvents: 10_000_000,
    events: { rows: 0, bytes: 0 },
  });
  expect((await save({ days: 30, megabytes: 100 })).status).toBe(200);
  await h.restart();
  expect(await read()).toMatchObject({ days: 30, megabytes: 100 });
});

it('refuses limits outside of their bounds by name, and keeps what was', async () => {
  for (const wrong of [{ days: 0 }, { megabytes: 9 }, { megabytes: 1.5 }]) {
    const { status, body } = await save({ days: 30, megabytes: 100, ...wrong });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain(Object.keys(wrong)[0]);
  }
  expect(await read()).toMatchObject({ days: 30, megabytes: 100 });
});

it('a smaller size removes the oldest at once, in the background; the newest stay and the counts do not change', async () => {
  const padding = 'x'.repeat(40_000);
  for (let batch = 0; batch < 80; batch += 1) {
    const events = Array.from({ length: 5 }, (_, index) =>
      pixelEvent({ id: `kept-${batch}-${index}`, name: 'padded', type: 'custom', customData: { padding } }),
    );
    const answer = await fetch(`${h.app.publicUrl}/pixel/v1/events?key=${key}`, {
      method: 'POST',
      body: JSON.stringify(events),
    });
    expect(answer.status).toBe(204);
  }
  // Only what is analysed may go.
  await vi.waitFor(async () => expect((await h.app.services.pixel.health({ period: 'day' })).waiting).toBe(0), {
    timeout: 15_000,
  });
  const before = await stored();
  expect(before.rows).toBe(400);
  expect(before.bytes).toBeGreaterThan(15_000_000);

  expect((await save({ days: 30, megabytes: 10 })).status).toBe(200);
  await vi.waitFor(async () => expect((await stored()).bytes).toBeLessThan(10_300_000), { timeout: 15_000 });
  const after = await stored();
  expect(after.bytes).toBeGreaterThan(9_000_000);
  const ids = (await query<{ id: string }>(h.dataDir, `SELECT raw->>'id' AS id FROM pixel_events ORDER BY seq`)).map(
    ({ id }) => id,
  );
  expect(ids.at(-1)).toBe('kept-79-4');
  expect(ids).toHaveLength(after.rows);
  expect(ids).not.toContain('kept-0-0');
  const { body } = await h.api<{ total: { pixel: { accepted: number } } }>('/stats');
  expect(body.total.pixel.accepted).toBe(400);
  const kept = await read();
  expect(kept.events.rows).toBe(after.rows);
  expect(kept.events.bytes).toBeLessThanOrEqual(10_000_000);
});
