import { expect, it } from 'vitest';
import type { SqlValue } from '../../../platform/db/database.ts';
import { insertRows } from './statements.ts';

const SQL = { before: 'INSERT INTO things (pk, name, size)', after: 'ON CONFLICT (pk) DO NOTHING' };
const rowsOf = (count: number): SqlValue[][] =>
  Array.from({ length: count }, (_value, at) => [at, `thing ${at}`, null]);

const insertsOf = async (count: number) => {
  const calls: { sql: string; params: SqlValue[] }[] = [];
  const statements = {
    run: async (sql: string, ...params: SqlValue[]) => calls.push({ sql, params }),
    all: async () => [],
  };
  await insertRows(statements, SQL, rowsOf(count));
  return calls;
};

it('whatever the number of rows, a handful of statements is compiled for a table, and every row is bound once and in order', async () => {
  const texts = new Set<string>();
  for (let count = 0; count <= 1100; count += 1) {
    const calls = await insertsOf(count);
    for (const { sql } of calls) texts.add(sql);
    // The first value of each statement is how many of its rows count.
    expect(calls.reduce((sum, { params }) => sum + Number(params[0]), 0)).toBe(count);
    if (count % 100 === 99) expect(calls.flatMap(({ params }) => params.slice(1))).toEqual(rowsOf(count).flat());
  }
  expect(texts.size).toBe(4);
});
