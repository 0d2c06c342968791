import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrations } from '../../../migrations.ts';
import { type Database, openDatabase } from '../../../platform/db/database.ts';
import { recordStores } from '../resource-stores.ts';
import type { RecordStore } from './record-store.ts';

const SHOP = 'one.myshopify.com';
const TIME = '2026-11-01T00:00:00.000Z';

/** The statements of all ways to write a record that is here already. */
const statementsOf = async (store: RecordStore): Promise<string[]> => {
  const texts = new Set<string>();
  const here = { pk: 1, shop: SHOP, updated_at: TIME, child_text: null, day: null };
  const recorder = {
    run: async (sql: string) => {
      texts.add(sql);
      return 1;
    },
    // With the rows in it: they are looked for nowhere.
    runBehind: async () => undefined,
    all: async <Row>(sql: string): Promise<Row[]> => {
      texts.add(sql);
      return sql.includes('deleted_records') ? [] : [here as Row];
    },
  };
  const { columns, children } = store.definition;
  const later = '2026-11-02T00:00:00.000Z';
  const record = { pk: 1, updatedAt: later, values: columns.map((name) => (name === 'updated_at' ? later : 'new')) };
  const stamp = { shop: SHOP, syncedAt: later, syncedBy: 'sync', sourceId: null } as const;
  await store.upsert(recorder, [{ ...record, raw: '{}', children: null }], stamp);
  for (const child of children)
    await store.upsertChildren(recorder, child, [{ pk: 2, parentPk: 3, values: child.columns.map(() => null) }], {
      shop: SHOP,
      asOf: TIME,
    });
  await store.remove(recorder, [1], { shop: SHOP, deletedAt: later, source: 'sync', sourceId: null });
  return [...texts];
};

describe('what a batch costs doesn’t grow with what is stored', () => {
  let db: Database;
  let dataDir: string;
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'backroom-write-plans-'));
    db = await openDatabase({ dataDir, entities: [], migrations });
  });
  afterAll(async () => {
    await db.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it.each(Object.values(recordStores).map((store) => [store.definition.resource, store] as const))(
    'rows of %s are found by their key',
    async (_name, store) => {
      const { table, documents } = store.definition;
      const own = new Set([table, 'r', documents]);
      const steps: string[] = [];
      for (const sql of await statementsOf(store)) {
        const plan = await db.read<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
        steps.push(...plan.map(({ detail }) => detail).filter((detail) => own.has(detail.split(' ')[1] ?? null)));
      }
      expect(steps.length).toBeGreaterThan(2);
      for (const step of steps) expect(step).toMatch(/^SEARCH \w+ USING INTEGER PRIMARY KEY/);
    },
  );
});
