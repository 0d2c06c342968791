import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { migrations } from '../../../migrations.ts';
import { openDatabase } from '../../../platform/db/database.ts';
import { indexNextRows } from '../records/search-index.ts';
import { recordStores } from '../resource-stores.ts';
import { rowsChangedBetween } from './changes.ts';
import { SYNCED_RESOURCES } from './source.ts';
import { pageOfGone } from './sweep.ts';

const shop = 'a.example';

it('no step of the search index and no page of changed or gone rows walks all rows of a store', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'backroom-plans-'));
  const db = await openDatabase({ dataDir: dir, entities: [], migrations });
  try {
    const texts: string[] = [];
    const spied = {
      read: <Row>(sql: string, params: readonly (string | number | null)[] = []) => {
        texts.push(sql);
        return db.read<Row>(sql, params);
      },
    };
    for (const resource of SYNCED_RESOURCES) {
      const { table, search } = recordStores[resource].definition;
      if (search === null) expect.fail(`${resource} are not searched`);
      const noted = {
        run: async (sql: string) => texts.push(sql),
        runBehind: async () => undefined,
        all: async <Row>() => [{ pk: 1 } as Row],
      };
      await indexNextRows(noted, table, search, { shop, afterPk: 0, limit: 2000 });
      for await (const _page of rowsChangedBetween(spied, { shop, resource, from: '', to: '~' }))
        expect.fail('no rows');
      await pageOfGone(spied, { shop, table, resource, afterPk: 0, asOf: '', visibleSince: '' });
    }
    expect(texts.length).toBe(9);
    for (const sql of texts) {
      const steps = (await db.read<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)).map(({ detail }) => detail);
      expect(steps.filter((step) => /^SCAN r\b|^SCAN \w+$|FOR ORDER BY|_shop \(shop=\?\)/.test(step))).toEqual([]);
    }
  } finally {
    await db.close();
    rmSync(dir, { recursive: true, force: true });
  }
});
