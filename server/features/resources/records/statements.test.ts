import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase, type SqlValue } from '../../../platform/db/database.ts';
import { insertRows } from './statements.ts';

const SQL = { before: 'INSERT INTO things (pk, name, size, shop)', after: 'ON CONFLICT (pk) DO NOTHING' };
const rowsOf = (count: number): SqlValue[][] =>
  Array.from({ length: count }, (_value, at) => [at, `thing ${at}`, null]);

const insertsOf = async (count: number) => {
  const calls: { sql: string; params: readonly SqlValue[] }[] = [];
  const statements = {
    run: async () => undefined,
    all: async () => [],
    runBehind: async (sql: string, params: readonly SqlValue[]) => calls.push({ sql, params }),
  };
  await insertRows(statements, SQL, rowsOf(count), ['a.example']);
  return calls;
};

it('whatever the number of rows, a handful of statements is compiled for a table, and every row is bound once and in order', async () => {
  const texts = new Set<string>();
  for (let count = 0; count <= 1100; count += 1) {
    const calls = await insertsOf(count);
    for (const { sql } of calls) texts.add(sql);
    // The first value of each statement is how many of its rows count, the second stands for null, the third is shared.
    expect(calls.reduce((sum, { params }) => sum + Number(params[0]), 0)).toBe(count);
    if (count % 100 === 99) {
      const rows = calls.flatMap(({ params }) => params.slice(3).map((value) => (value === params[1] ? null : value)));
      const expected = rowsOf(count).flat();
      expect(rows).toEqual(expected.map((value) => (typeof value === 'number' ? String(value) : value)));
    }
  }
  expect(texts.size).toBe(4);
});

it('what is bound as text comes out as it was: numbers, nulls, empty texts, and texts that look like numbers', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'backroom-rows-'));
  const db = await openDatabase({ dataDir: dir, entities: [], migrations: [] });
  try {
    const values: SqlValue[] = ['', '0', '007', '1e3', 'NULL', '\u0000', '\u0001', '😀', null];
    const sizes: SqlValue[] = [0, -1, 2 ** 31, Number.MAX_SAFE_INTEGER, null, 5, 6, 7, 8];
    await db.writeStatements(async (connection) => {
      await connection.run('CREATE TABLE things (pk INTEGER PRIMARY KEY, name TEXT, size INTEGER, shop TEXT)');
      const rows = values.map((value, at) => [5_000_000_000_000 + at, value, sizes[at] ?? null]);
      await insertRows(connection, SQL, rows, [null]);
    });
    const rows = await db.read<{ pk: number; name: SqlValue; size: SqlValue; shop: null }>(
      'SELECT pk, name, size, shop FROM things ORDER BY pk',
    );
    expect(rows.map(({ name }) => name)).toEqual(values);
    expect(rows.map(({ size }) => size)).toEqual(sizes);
    expect(rows.map(({ pk }) => pk)).toEqual(values.map((_value, at) => 5_000_000_000_000 + at));
    expect(new Set(rows.map(({ shop }) => shop))).toEqual(new Set([null]));
  } finally {
    await db.close();
    rmSync(dir, { recursive: true, force: true });
  }
});
