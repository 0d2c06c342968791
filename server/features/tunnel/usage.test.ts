import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrations } from '../../migrations.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Database, openDatabase } from '../../platform/db/database.ts';
import { createVirtualClock } from '../../platform/testing/virtual-clock.ts';
import { createUsageMeter, projectUsage } from './usage.ts';

let dir = '';
let db: Database;
let now = 0;
/** Flushes wait until the meter is closed. */
const clock: Clock = {
  now: () => now,
  delay: (_ms, signal) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
};
let stops: boolean[] = [];
let pixelAnywayMonth: string | null = null;
const open = (limit = 1000, keepWebhooks = true) =>
  createUsageMeter({
    db,
    clock,
    limits: () => ({ limit, keepWebhooks, pixelAnywayMonth }),
    onPixelStopped: (isStopped) => stops.push(isStopped),
    onFigures: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-usage-'));
  db = await openDatabase({ dataDir: dir, entities: [], migrations });
  now = Date.parse('2026-11-16T00:00:00Z');
  stops = [];
  pixelAnywayMonth = null;
});
afterEach(async () => {
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('projectUsage', () => {
  it('goes on at the pace so far', () => {
    expect(projectUsage(7500, Date.parse('2026-11-16T00:00:00Z'))).toBe(15_000);
  });
  it('says nothing on the first day', () => {
    expect(projectUsage(7500, Date.parse('2026-11-01T12:00:00Z'))).toBeNull();
  });
});

describe('the meter', () => {
  it('writes nothing for a request, and everything when it is closed', async () => {
    const meter = await open();
    for (let i = 0; i < 50; i += 1) meter.admit('webhook');
    meter.admit('other');
    expect(await db.read('SELECT * FROM tunnel_usage')).toEqual([]);
    await meter.close();
    expect(await db.read('SELECT kind, requests FROM tunnel_usage ORDER BY kind')).toEqual([
      { kind: 'other', requests: 1 },
      { kind: 'webhook', requests: 50 },
    ]);
    const again = await open();
    again.admit('webhook');
    await again.close();
    expect((await open()).usage()).toMatchObject({ webhook: 51, other: 1, total: 52, month: '2026-11' });
  });

  it('warns at 80 %, keeps the last 5 % for webhooks, and begins anew with the month', async () => {
    const meter = await open();
    for (let i = 0; i < 799; i += 1) expect(meter.admit('pixel')).toBe(true);
    expect(meter.usage().level).toBe('ok');
    meter.admit('pixel');
    expect(meter.usage().level).toBe('warning');
    for (let i = 0; i < 150; i += 1) expect(meter.admit('pixel')).toBe(true);
    expect(meter.admit('pixel')).toBe(false);
    for (let i = 0; i < 49; i += 1) expect(meter.admit('webhook')).toBe(true);
    expect(meter.usage()).toMatchObject({ total: 1000, level: 'over', pixelRefused: 1, pixelStopped: true });
    expect(meter.secondsToReset()).toBe(15 * 86_400);
    now = Date.parse('2026-12-01T00:00:00Z');
    expect(meter.admit('pixel')).toBe(true);
    expect(meter.usage()).toMatchObject({ month: '2026-12', total: 1, pixelRefused: 0, level: 'ok' });
    await meter.close();
    const months = await db.read<{ month: string }>('SELECT DISTINCT month FROM tunnel_usage ORDER BY month');
    expect(months.map(({ month }) => month)).toEqual(['2026-11', '2026-12']);
  });

  it('refuses nothing when webhooks need not be kept', async () => {
    const meter = await open(100, false);
    for (let i = 0; i < 200; i += 1) expect(meter.admit('pixel')).toBe(true);
    await meter.close();
  });
});

describe('pixel intake', () => {
  it('is stopped once, and goes on with the new month or when the operator wants it this month', async () => {
    const meter = await open(100);
    for (let requests = 0; requests < 97; requests += 1) meter.admit('webhook');
    expect(stops).toEqual([true]);
    pixelAnywayMonth = '2026-11';
    meter.look();
    expect(stops).toEqual([true, false]);
    expect(meter.admit('pixel')).toBe(true);
    pixelAnywayMonth = null;
    meter.look();
    now = Date.parse('2026-12-01T00:00:01Z');
    meter.look();
    expect(stops).toEqual([true, false, true, false]);
    await meter.close();
  });
});

describe('without any request', () => {
  const HOUR_MS = 3_600_000;
  const watched = async (start: string) => {
    const virtual = createVirtualClock(Date.parse(start));
    const limits = { limit: 100, keepWebhooks: true, pixelAnywayMonth: null };
    let figures = 0;
    const meter = await createUsageMeter({
      db,
      clock: virtual,
      limits: () => limits,
      onPixelStopped: (isStopped) => stops.push(isStopped),
      onFigures: () => {
        figures += 1;
      },
      onError: (error) => {
        throw error;
      },
    });
    return { virtual, limits, meter, figures: () => figures };
  };

  it('pixels come back at the moment the month begins, not at the next request', async () => {
    const { virtual, meter, figures } = await watched('2026-11-30T22:30:00Z');
    for (let requests = 0; requests < 95; requests += 1) meter.admit('webhook');
    expect(stops).toEqual([true]);
    await virtual.advance(HOUR_MS);
    const before = figures();
    await virtual.advance(HOUR_MS / 2 - 1);
    expect(stops).toEqual([true]);
    expect(figures()).toBe(before);
    await virtual.advance(1);
    expect(stops).toEqual([true, false]);
    expect(figures()).toBe(before + 1);
    expect(meter.usage()).toMatchObject({ month: '2026-12', total: 0, level: 'ok', pixelStopped: false });
    await meter.close();
  });

  it('a limit that is lower now is seen within the hour', async () => {
    const { virtual, limits, meter } = await watched('2026-11-16T10:00:00Z');
    for (let requests = 0; requests < 60; requests += 1) meter.admit('webhook');
    expect(stops).toEqual([]);
    limits.limit = 60;
    await virtual.advance(HOUR_MS);
    expect(stops).toEqual([true]);
    await meter.close();
  });

  it('nothing is looked at after the meter was closed', async () => {
    const { virtual, limits, meter } = await watched('2026-11-16T10:00:00Z');
    for (let requests = 0; requests < 60; requests += 1) meter.admit('webhook');
    await meter.close();
    limits.limit = 60;
    await virtual.advance(48 * HOUR_MS);
    expect(stops).toEqual([]);
  });
});
