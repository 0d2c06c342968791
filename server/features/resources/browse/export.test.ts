import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import sqlite3 from 'sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createIds } from '../../../platform/ids.ts';
import type { ListInput, Page } from './browser.ts';
import { registerExportRoute } from './export.ts';
import type { ExportRow } from './export-format.ts';
import { createExportJobs } from './export-jobs.ts';

const clock = { now: () => Date.parse('2026-11-24T12:00:00.000Z'), delay: () => Promise.resolve() };
const ids = createIds(clock);
/** What could be taken for a formula, or break a line, a field or a column apart. */
const HOSTILE = [
  "=cmd|'/C calc'!A0",
  '@SUM(1+1)*cmd',
  '+1+1',
  '-2+3',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  'a "quoted", title; with all',
  '=HYPERLINK("http://evil.example")',
];
const ROWS: readonly ExportRow[] = HOSTILE.map((title, index) => ({
  id: `gid://shopify/Product/${index + 1}`,
  shop: 'one.myshopify.com',
  title,
  vendor: 'Potter',
  priceMin: 1999,
  totalInventory: index,
  tags: ['a', 'b'],
  currency: 'EUR',
}));
const COLUMNS = 'title,vendor,priceMin,totalInventory,tags';

/** RFC 4180, as a spreadsheet reads it. */
const readCsv = (text: string): string[][] => {
  const rows: string[][] = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy;
  for (let match = field.exec(text); match !== null && match[0] !== ''; match = field.exec(text)) {
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
};

describe('the export route', () => {
  let folder: string;
  let app: ReturnType<typeof Fastify>;
  let jobs: ReturnType<typeof createExportJobs>;
  let list: (input: ListInput) => Promise<Page<ExportRow>>;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'backroom-export-'));
    writeFileSync(join(folder, 'left-behind.sqlite'), '');
    app = Fastify();
    jobs = createExportJobs({ clock, ids, onChange: () => undefined });
    list = async ({ cursor }) => {
      const start = Number(cursor ?? 0);
      const end = start + 4;
      return {
        items: ROWS.slice(start, end),
        nextCursor: end < ROWS.length ? String(end) : null,
        total: null,
        corrected: null,
      };
    };
    const read = (input: ListInput) => list(input);
    registerExportRoute(app, {
      lists: { products: read, orders: read, transactions: read, customers: read },
      count: async () => ROWS.length,
      jobs,
      ids,
      folder,
      noteExport: async () => undefined,
      today: () => '2026-11-24',
    });
    await app.ready();
  });
  afterEach(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const get = (format: string) =>
    app.inject({ url: `/api/v1/export?resource=products&format=${format}&columns=${COLUMNS}` });

  it('writes CSV with the columns as shown, in which no title is a formula', async () => {
    const answer = await get('csv');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="products-2026-11-24.csv"');
    const [head, ...rows] = readCsv(answer.body.replace('\uFEFF', ''));
    expect(head).toEqual(['id', 'shop', 'Title', 'Vendor', 'Price', 'Inventory', 'Tags', 'currency']);
    expect(rows).toHaveLength(HOSTILE.length);
    for (const [index, row] of rows.entries()) {
      expect(row).toHaveLength(8);
      expect(row[2]?.replace(/^'/, '')).toBe(HOSTILE[index]);
      expect(row[2]).not.toMatch(/^[=+\-@\t\r\n]/);
      expect(row[4]).toBe('19.99');
    }
  });

  it('writes a SQLite file with typed columns, and keeps nothing of it', async () => {
    const answer = await get('sqlite');
    expect(answer.statusCode).toBe(200);
    const path = join(tmpdir(), `backroom-export-${process.pid}.sqlite`);
    writeFileSync(path, answer.rawPayload);
    const db = new sqlite3.Database(path, sqlite3.OPEN_READONLY);
    const rows = await new Promise<Record<string, unknown>[]>((resolve, reject) =>
      db.all<Record<string, unknown>>('SELECT * FROM products ORDER BY totalInventory', (error, found) =>
        error ? reject(error) : resolve(found),
      ),
    );
    await new Promise<void>((resolve) => db.close(() => resolve()));
    rmSync(path);
    expect(rows.map((row) => row.title)).toEqual(HOSTILE);
    expect(rows[0]).toEqual({
      id: 'gid://shopify/Product/1',
      shop: 'one.myshopify.com',
      title: HOSTILE[0],
      vendor: 'Potter',
      priceMin: 19.99,
      totalInventory: 0,
      tags: '["a","b"]',
      currency: 'EUR',
    });
    await vi.waitFor(() => expect(readdirSync(folder)).toEqual([]));
    expect(jobs.list()).toEqual([]);
  });

  it('removes at its start what an earlier run left behind', () => {
    expect(existsSync(join(folder, 'left-behind.sqlite'))).toBe(false);
  });

  it.each(['csv', 'sqlite'])('can be watched and cancelled (%s)', async (format) => {
    let release = (): void => undefined;
    const read = list;
    list = async (input) => {
      if (input.cursor === '4') await new Promise<void>((resolve) => (release = resolve));
      return read(input);
    };
    const answer = get(format).catch((error: unknown) => error);
    await vi.waitFor(() => expect(jobs.list()[0]).toMatchObject({ rows: 4, total: ROWS.length, format }));
    jobs.cancel(jobs.list()[0]?.id ?? '');
    release();
    await answer;
    await vi.waitFor(() => expect(jobs.list()).toEqual([]));
    if (existsSync(folder)) expect(readdirSync(folder)).toEqual([]);
    expect(() => jobs.cancel('gone')).toThrow('This export is over.');
  });
});
