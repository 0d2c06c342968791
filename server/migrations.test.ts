import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { migrations } from './migrations.ts';
import { type Database, openDatabase } from './platform/db/database.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'backroom-migrations-'));
  folders.push(folder);
  return folder;
};
const open = (dataDir: string, count = migrations.length): Promise<Database> =>
  openDatabase({ dataDir, entities: [], migrations: migrations.slice(0, count) });

/**
 * The schema as far as a statement can tell: tables by their columns in whatever order (a column that a `down` adds again stands last, with
 * the default that SQLite asks for), everything else by its text, without the quotes that a rename leaves.
 */
const schemaOf = async (db: Database): Promise<string[]> => {
  const others = await db.read<{ type: string; name: string; sql: string | null }>(
    `SELECT type, name, sql FROM sqlite_master WHERE type <> 'table' AND name NOT LIKE 'sqlite_%'`,
  );
  const columns = await db.read<{ name: string; column: string; type: string; notnull: number; pk: number }>(
    `SELECT m.name, c.name AS "column", c.type, c."notnull", c.pk FROM sqlite_master AS m JOIN pragma_table_xinfo(m.name) AS c
     WHERE m.type = 'table' AND m.name <> 'migrations' AND m.name NOT LIKE 'sqlite_%'`,
  );
  return [
    ...others.map(({ type, name, sql }) => `${type} ${name}: ${(sql ?? '').replaceAll('"', '').replace(/\s+/g, ' ')}`),
    ...columns.map((c) => `${c.name}.${c.column} ${c.type} ${c.notnull === 1 ? 'not null' : ''} key ${c.pk}`),
  ].sort();
};

it('every migration is undone to exactly what stood before it, down to nothing, and the way up again leads to the same', async () => {
  // The schema after each step of the way up, each on a database of its own.
  const after: string[][] = [];
  for (let count = 0; count <= migrations.length; count += 1) {
    const db = await open(newFolder(), count);
    after.push(await schemaOf(db));
    await db.close();
  }
  expect(after[0]).toEqual([]);

  const folder = newFolder();
  const db = await open(folder);
  for (let count = migrations.length; count > 0; count -= 1) {
    expect(await schemaOf(db), `after ${migrations[count - 1]?.name} up`).toEqual(after[count]);
    await db.revertLastMigration();
    expect(await schemaOf(db), `after ${migrations[count - 1]?.name} down`).toEqual(after[count - 1]);
  }
  await db.close();

  const again = await open(folder);
  expect(await schemaOf(again)).toEqual(after.at(-1));
  await again.close();
});

it('they are listed in the order of their time stamps, which their names end with', () => {
  const stamps = migrations.map(({ name }) => Number(/\d{13}$/.exec(name)?.[0]));
  expect(stamps).toEqual([...stamps].sort((one, other) => one - other));
  expect(new Set(stamps).size).toBe(migrations.length);
});
