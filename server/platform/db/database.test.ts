import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrations } from '../../migrations.ts';
import { type Database, openDatabase } from './database.ts';
import { apartFromTransaction } from './nested-writes.ts';
import type { ReadOptions } from './reader-pool.ts';

let dir = '';
let db: Database;
const open = (): Promise<Database> => openDatabase({ dataDir: dir, entities: [], migrations });
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-db-'));
  db = await open();
});
afterEach(async () => {
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

const schema = (): Promise<{ sql: string | null }[]> =>
  db.read(`SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name`);
const COUNT = `INSERT INTO counters (shop, name, value) VALUES (?, 'x', 1)`;
const shops = async (): Promise<string[]> =>
  (await db.read<{ shop: string }>('SELECT shop FROM counters ORDER BY shop')).map((row) => row.shop);

describe('migrations', () => {
  it('go up, down to nothing, and up to the same schema', async () => {
    const before = await schema();
    expect(before.length).toBeGreaterThan(20);
    for (const _ of migrations) await db.revertLastMigration();
    expect((await schema()).filter(({ sql }) => !sql?.includes('"migrations"'))).toEqual([]);
    await db.close();
    db = await open();
    expect(await schema()).toEqual(before);
  });

  /** An update in two steps, of which the second breaks after it has changed something. */
  class Fine1900000000000 implements MigrationInterface {
    name = 'Fine1900000000000';
    async up(runner: QueryRunner): Promise<void> {
      await runner.query('CREATE TABLE fine (x TEXT)');
    }
    async down(runner: QueryRunner): Promise<void> {
      await runner.query('DROP TABLE fine');
    }
  }
  class Broken1900000100000 implements MigrationInterface {
    name = 'Broken1900000100000';
    async up(runner: QueryRunner): Promise<void> {
      await runner.query('CREATE TABLE half_done (x TEXT)');
      await runner.query('DELETE FROM counters');
      await runner.query('ALTER TABLE there_is_no_such_table ADD COLUMN x TEXT');
    }
    async down(runner: QueryRunner): Promise<void> {
      await runner.query('DROP TABLE half_done');
    }
  }

  it('that break leave nothing of themselves, say what to do, and let go of the file', async () => {
    await db.writeStatements((connection) => connection.run(COUNT, 'kept'));
    await db.close();
    const update = openDatabase({
      dataDir: dir,
      entities: [],
      migrations: [...migrations, Fine1900000000000, Broken1900000100000],
    });
    await expect(update).rejects.toMatchObject({
      code: 'INTERNAL',
      message: expect.stringContaining('Broken1900000100000'),
      hint: expect.stringContaining('version before'),
    });
    // SQLite takes the log away when the last connection closes.
    expect(existsSync(join(dir, 'backroom.sqlite-wal'))).toBe(false);
    db = await openDatabase({ dataDir: dir, entities: [], migrations: [...migrations, Fine1900000000000] });
    expect(await shops()).toEqual(['kept']);
    expect((await schema()).filter(({ sql }) => sql?.includes('half_done'))).toEqual([]);
  });

  it('of a newer version are not passed over: an older one would write what the newer can’t read', async () => {
    await db.close();
    db = await openDatabase({ dataDir: dir, entities: [], migrations: [...migrations, Fine1900000000000] });
    await db.close();
    await expect(open()).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('newer version') });
    expect(existsSync(join(dir, 'backroom.sqlite-wal'))).toBe(false);
    db = await openDatabase({ dataDir: dir, entities: [], migrations: [...migrations, Fine1900000000000] });
  });
});

describe('the writer', () => {
  it('rolls everything back when the work throws, in both kinds of write', async () => {
    await expect(
      db.write(async (tx) => {
        await tx.query(COUNT, ['a']);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await expect(
      db.writeStatements(async (connection) => {
        await connection.run(COUNT, 'b');
        await connection.run(COUNT, 'b');
      }),
    ).rejects.toThrow(/UNIQUE/);
    expect(await shops()).toEqual([]);
    await db.writeStatements((connection) => connection.run(COUNT, 'c'));
    expect(await shops()).toEqual(['c']);
  });

  it('keeps its log short under writing without end, and loses nothing of it', async () => {
    const body = 'x'.repeat(500_000);
    for (let n = 0; n < 300; n += 1)
      await db.writeStatements((connection) => connection.run(COUNT, `${String(n).padStart(3, '0')}${body}`));
    expect(statSync(join(dir, 'backroom.sqlite-wal')).size).toBeLessThan(80_000_000);
    await db.close();
    db = await open();
    expect(await db.read(`SELECT count(*) AS n, sum(length(shop)) AS length FROM counters`)).toEqual([
      { n: 300, length: 300 * 500_003 },
    ]);
  });

  it('goes on in both kinds of write after an error on which SQLite ends the transaction itself, as on a full disk', async () => {
    const ending = COUNT.replace('INSERT', 'INSERT OR ROLLBACK');
    await db.writeStatements((connection) => connection.run(COUNT, 'a'));
    await expect(db.write((tx) => tx.query(ending, ['a']))).rejects.toThrow(/UNIQUE/);
    await expect(db.write((tx) => tx.query(ending, ['a']))).rejects.toThrow(/UNIQUE/);
    await expect(db.write((tx) => tx.query('INSERT INTO nowhere VALUES (1)'))).rejects.toThrow('nowhere');
    await expect(db.writeStatements((connection) => connection.run(ending, 'a'))).rejects.toThrow(/UNIQUE/);
    await db.writeStatements((connection) => connection.run(COUNT, 'b'));
    await db.write((tx) => tx.query(COUNT, ['c']));
    await expect(
      db.write(async (tx) => {
        await tx.query(COUNT, ['d']);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await shops()).toEqual(['a', 'b', 'c']);
  });

  it('binds a statement while the one before runs, and rolls back both when either fails', async () => {
    await db.writeStatements(async (connection) => {
      await connection.runBehind(COUNT, ['a']);
      await connection.runBehind(COUNT, ['b']);
      expect(await connection.all('SELECT shop FROM counters ORDER BY shop')).toEqual([{ shop: 'a' }, { shop: 'b' }]);
    });
    const failing = (shops: readonly string[]): Promise<unknown> =>
      db.writeStatements(async (connection) => {
        for (const shop of shops) await connection.runBehind(COUNT, [shop]);
      });
    await expect(failing(['c', 'a', 'd'])).rejects.toThrow(/UNIQUE/);
    await expect(failing(['c', 'a'])).rejects.toThrow(/UNIQUE/);
    // Both fail: the second is still running when the first is met.
    await expect(failing(['a', 'b'])).rejects.toThrow(/UNIQUE/);
    expect(await shops()).toEqual(['a', 'b']);
    await failing(['e']);
    expect(await shops()).toEqual(['a', 'b', 'e']);
  });

  it('refuses a write inside of a transaction at once, instead of waiting for itself for ever', async () => {
    const nested = db.write(async (tx) => {
      await tx.query(COUNT, ['outer']);
      await db.writeStatements((connection) => connection.run(COUNT, 'inner'));
    });
    await expect(nested).rejects.toThrow('inside of a transaction');
    await expect(db.writeOneStatement(() => db.write(async () => undefined))).rejects.toThrow(
      'inside of a transaction',
    );
    expect(await shops()).toEqual([]);
  });

  it('takes a write that a transaction sets off without waiting for it, and one that comes after it', async () => {
    let later: Promise<unknown> = Promise.resolve();
    await db.write(async (tx) => {
      await tx.query(COUNT, ['first']);
      later = apartFromTransaction(() => db.write((own) => own.query(COUNT, ['second'])));
    });
    await later;
    await db.write((tx) => tx.query(COUNT, ['third']));
    expect(await shops()).toEqual(['first', 'second', 'third']);
  });

  it('runs one piece of work at a time, in the order asked', async () => {
    const seen: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      seen.push(`${name} begins`);
      await new Promise<void>((resolve) => setImmediate(resolve));
      seen.push(`${name} ends`);
    };
    await Promise.all([db.write(work('1')), db.writeStatements(work('2')), db.write(work('3'))]);
    expect(seen).toEqual(['1 begins', '1 ends', '2 begins', '2 ends', '3 begins', '3 ends']);
  });

  it('is the only one that writes: a read connection can’t', async () => {
    await expect(db.read(COUNT, ['x'])).rejects.toThrow(/readonly/);
  });

  it('closes also while something still wants to write or read', async () => {
    const reading = shops();
    const closing = db.close();
    const late = db.writeStatements((connection) => connection.run(COUNT, 'late'));
    await Promise.all([closing, expect(late).rejects.toThrow(), expect(reading).resolves.toEqual([])]);
    db = await open();
    expect(await shops()).toEqual([]);
  });

  it('says how many writes wait for the one that runs', async () => {
    const seen: unknown[] = [];
    const look = async (): Promise<void> => {
      seen.push(db.waiting());
    };
    await Promise.all([db.writeOneStatement(look, 'awaited'), db.writeStatements(look), db.write(look)]);
    expect(seen).toEqual([
      { awaited: 0, background: 2 },
      { awaited: 0, background: 1 },
      { awaited: 0, background: 0 },
    ]);
  });

  it('survives power loss after a commit', async () => {
    await db.writeStatements(async (connection) => {
      expect(await connection.all('PRAGMA synchronous')).toEqual([{ synchronous: 2 }]);
      expect(await connection.all('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    });
  });
});

describe('the readers', () => {
  /** Takes longer than any test may: only an interrupt ends it in time. */
  const ENDLESS =
    'WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 100000000000) SELECT count(*) FROM n';
  const CANCELLED = expect.objectContaining({ name: 'AppError', code: 'CANCELLED' });
  const one = (options?: ReadOptions): Promise<{ one: number }[]> => db.read('SELECT 1 AS one', [], options);

  it('give a read to one that is free: none waits behind a long one', async () => {
    const ended: string[] = [];
    const long = db
      .read(
        'WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) SELECT count(*) FROM n',
      )
      .then(() => ended.push('long'));
    for (let short = 0; short < 4; short += 1) {
      await db.read('SELECT 1');
      ended.push('short');
    }
    await long;
    expect(ended).toEqual(['short', 'short', 'short', 'short', 'long']);
  });

  it('interrupt what runs once nobody waits for it, and are free again', async () => {
    for (let round = 0; round < 20; round += 1) {
      const left = new AbortController();
      const running = [1, 2].map(() => db.read(ENDLESS, [], { signal: left.signal }));
      const next = [one(), one(), one()];
      // Before a thread has taken it up, at its first steps, and in its midst.
      if (round % 3 === 1) await new Promise<void>((resolve) => setImmediate(resolve));
      if (round % 3 === 2) await one({ isLong: true });
      left.abort();
      for (const each of running) await expect(each).rejects.toEqual(CANCELLED);
      // What came to the same readers after it is not interrupted.
      expect(await Promise.all(next)).toEqual(next.map(() => [{ one: 1 }]));
    }
  });

  it('drop what still waits, without beginning it', async () => {
    const [stays, goes] = [new AbortController(), new AbortController()];
    const running = [1, 2].map(() => db.read(ENDLESS, [], { signal: stays.signal }));
    const waiting = db.read('SELECT not_a_function()', [], { signal: goes.signal });
    const behind = one();
    goes.abort();
    await expect(waiting).rejects.toEqual(CANCELLED);
    stays.abort();
    for (const each of running) await expect(each).rejects.toEqual(CANCELLED);
    expect(await behind).toEqual([{ one: 1 }]);
  });

  it('begin nothing for somebody who has gone already, and tell other failures as they are', async () => {
    await expect(one({ signal: AbortSignal.abort() })).rejects.toEqual(CANCELLED);
    await expect(db.read('SELECT not_a_function()', [], { signal: new AbortController().signal })).rejects.toThrow(
      'not_a_function',
    );
  });

  it('keep a line of their own for long reads, which no page waits behind', async () => {
    const left = new AbortController();
    const counts = [1, 2, 3].map(() => db.read(ENDLESS, [], { signal: left.signal, isLong: true }));
    expect(await Promise.all([one(), one(), one()])).toHaveLength(3);
    left.abort();
    for (const each of counts) await expect(each).rejects.toEqual(CANCELLED);
    expect(await one({ isLong: true })).toEqual([{ one: 1 }]);
  });
});
