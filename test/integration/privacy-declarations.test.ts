import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personalDataHolders } from '../../server/compose/personal-data.ts';
import { createPrivacyPersonalData } from '../../server/features/privacy/personal-data.ts';
import { migrations } from '../../server/migrations.ts';
import { type Database, openDatabase } from '../../server/platform/db/database.ts';
import { declarationProblems, type TableOfSchema } from '../../server/platform/personal-data.ts';

// Only what it declares is looked at here, so its ports may be empty.
const holders = [
  ...personalDataHolders,
  createPrivacyPersonalData({} as Parameters<typeof createPrivacyPersonalData>[0]),
];

let dir = '';
let db: Database;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-privacy-'));
  db = await openDatabase({ dataDir: dir, entities: [], migrations });
});
afterAll(async () => {
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

const tables = (): Promise<TableOfSchema[]> => db.read(`SELECT name, sql FROM sqlite_master WHERE type = 'table'`);

describe('every table of the migrated database', () => {
  it('is declared by exactly one holder of personal data', async () => {
    expect(declarationProblems(await tables(), holders)).toEqual([]);
  });

  it('is missed when a migration adds one and nobody declares it', async () => {
    const more = [
      ...(await tables()),
      { name: 'newsletter_readers', sql: 'CREATE TABLE newsletter_readers (email TEXT)' },
    ];
    expect(declarationProblems(more, holders)).toEqual([
      'The table newsletter_readers is declared by no personal-data.ts: say whether it can hold people.',
    ]);
  });

  it('with a column for the store says whether it is emptied with the store', async () => {
    const withShop = await db.read<{ name: string }>(
      `SELECT m.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c ON c.name = 'shop' WHERE m.type = 'table'`,
    );
    const declared = holders.flatMap((holder) => holder.tables);
    for (const { name } of withShop)
      expect(declared.find(({ table }) => table === name)?.holds, `${name} has a column “shop”`).not.toBe('nothing');
  });
});
