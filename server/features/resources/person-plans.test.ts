import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrations } from '../../migrations.ts';
import { type Database, openDatabase } from '../../platform/db/database.ts';
import { emptyPerson } from '../../platform/personal-data.ts';
import { resourcesPersonalData } from './personal-data.ts';

/** Tables that have as many rows as a store has customers. */
const OF_CUSTOMERS = [
  'customers',
  'customer_addresses',
  'customer_documents',
  'customers_fts',
  'record_changes',
  'deleted_records',
];
const PERSON = {
  ...emptyPerson('one.myshopify.com'),
  customerIds: ['7300000000001'],
  emails: ['ann@mail.example'],
  phones: ['4915112345678'],
  orderIds: ['5500000000001'],
};

describe('one customer', () => {
  let db: Database;
  let dataDir: string;
  const statements = new Set<string>();
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'backroom-person-plans-'));
    db = await openDatabase({ dataDir, entities: [], migrations });
    const spied: Database = {
      ...db,
      read: (sql, params = [], options) => {
        statements.add(sql);
        return db.read(sql, params, options);
      },
      writeStatements: (work) =>
        db.writeStatements((connection) =>
          work({
            ...connection,
            run: (sql, ...params) => {
              statements.add(sql);
              return connection.run(sql, ...params);
            },
          }),
        ),
    };
    const context = { db: spied, signal: new AbortController().signal };
    await resourcesPersonalData.identify?.(PERSON, context);
    for await (const record of resourcesPersonalData.find(PERSON, context)) expect.fail(`found ${record.table}`);
    await resourcesPersonalData.erase(PERSON, context);
  });
  afterAll(async () => {
    await db.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it.each(OF_CUSTOMERS)(
    'is found and erased in %s by an index that leads to them, not by looking at each row',
    async (table) => {
      const steps: string[] = [];
      for (const sql of statements) {
        const plan = await db.read<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
        steps.push(...plan.map(({ detail }) => detail).filter((detail) => detail.split(' ')[1] === table));
      }
      expect(steps.length).toBeGreaterThan(0);
      for (const step of steps)
        expect(step).toMatch(
          /^SEARCH \w+ USING .*\((rowid|pk|email|customer_pk|<expr>)=\?\)$|^SCAN customers_fts VIRTUAL TABLE INDEX 0:=$|resource=\? AND pk=\?/,
        );
    },
  );

  it('is found in orders by an index that leads to them', async () => {
    const ofOrders = [...statements].filter((sql) => /SELECT \* FROM orders/.test(sql));
    expect(ofOrders.length).toBeGreaterThan(0);
    for (const sql of ofOrders) {
      const plan = await db.read<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
      const steps = plan.map(({ detail }) => detail).filter((detail) => detail.split(' ')[1] === 'orders');
      expect(steps.length).toBe(5);
      for (const step of steps) expect(step).toMatch(/\((rowid|email|customer_pk|<expr>)=\?\)$/);
    }
  });
});
