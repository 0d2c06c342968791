import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { personalDataHolders } from '../../server/compose/personal-data.ts';
import { createPrivacy, type Privacy } from '../../server/features/privacy/privacy.ts';
import { migrations } from '../../server/migrations.ts';
import type { Clock } from '../../server/platform/clock.ts';
import { type Database, openDatabase, type SqlValue } from '../../server/platform/db/database.ts';
import { createIds } from '../../server/platform/ids.ts';
import { createLog } from '../../server/platform/log/log.ts';
import { createRedactor } from '../../server/platform/log/redact.ts';
import type { PersonalDataHolder } from '../../server/platform/personal-data.ts';
import type { TaskDefinition, TaskQueue } from '../../server/platform/queue/queue.ts';
import { createVault } from '../../server/platform/vault/vault.ts';
import { keepLog } from '../testing/keep-log.ts';

export const SHOP = 'proof.myshopify.com';
const HOUR_MS = 3_600_000;

interface Waiting {
  readonly task: TaskDefinition;
  readonly input: unknown;
  readonly dueAt: number;
  readonly key: string | undefined;
}

/** The queue's interface in memory: tasks run when the test says so, one after the other. */
const createTestQueue = (clock: Clock) => {
  let waiting: Waiting[] = [];
  const queue: Pick<TaskQueue, 'register' | 'enqueue' | 'schedule'> = {
    register: () => undefined,
    schedule: () => undefined,
    enqueue: async (task, input, options = {}) => {
      if (options.uniqueKey !== undefined && waiting.some(({ key }) => key === options.uniqueKey))
        return { id: options.uniqueKey, isNew: false };
      waiting.push({
        task: task as TaskDefinition,
        input,
        dueAt: clock.now() + (options.delayMs ?? 0),
        key: options.uniqueKey,
      });
      return { id: String(waiting.length), isNew: true };
    },
  };
  return {
    queue,
    /** Runs all that is due, also what that adds; answers the errors of tasks that failed. */
    run: async (): Promise<unknown[]> => {
      const failures: unknown[] = [];
      for (;;) {
        const next = waiting.find(({ dueAt }) => dueAt <= clock.now());
        if (!next) return failures;
        waiting = waiting.filter((entry) => entry !== next);
        await next.task
          .run(next.input, {
            id: 'test',
            shop: SHOP,
            attempt: 1,
            signal: new AbortController().signal,
            progress: () => undefined,
            log: () => undefined,
          })
          .catch((error: unknown) => failures.push(error));
      }
    },
  };
};

/** The privacy feature on a real database file, without doors. */
export const startPrivacy = async (
  options: { dataDir?: string; holders?: readonly PersonalDataHolder[]; masterKey?: string } = {},
) => {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'backroom-privacy-'));
  let now = Date.parse('2026-11-24T10:00:00Z');
  const clock: Clock = { now: () => now, delay: async () => undefined };
  const db: Database = await openDatabase({ dataDir, entities: [], migrations });
  const lines: string[] = [];
  const warnings: unknown[] = [];
  const stopped: string[] = [];
  const installed = new Map<string, string>();
  const tests = createTestQueue(clock);
  const privacy: Privacy = await createPrivacy({
    db,
    clock,
    ids: createIds(clock),
    log: createLog({
      level: 'trace',
      redactor: createRedactor(),
      write: (line) => {
        lines.push(line);
        keepLog(line);
      },
    }),
    vault: createVault(options.masterKey ?? Buffer.alloc(32, 7).toString('base64')),
    queue: tests.queue,
    dataDir,
    holders: options.holders ?? personalDataHolders,
    defaults: { redactHours: 24, shopRedactHours: 48, packageDays: 30, masking: 'everything', owner: '' },
    shops: {
      storeName: () => 'Proof store',
      isKnown: () => true,
      isConnected: (shop) => installed.has(shop),
      isInstalledSince: (shop, since) => (installed.get(shop) ?? '') > since,
      beforeShopErased: async (shop) => {
        stopped.push(shop);
      },
      afterShopErased: async () => undefined,
    },
    warn: (warning) => warnings.push(warning),
    onChanged: () => undefined,
    onSettingsChanged: () => undefined,
  });
  let seq = 0;
  const insert = async (table: string, given: Readonly<Record<string, SqlValue>>): Promise<void> => {
    // A delivery's body has a table of its own.
    const { headers, payload, ...facts } = given;
    const row = table === 'webhook_deliveries' ? facts : given;
    const names = Object.keys(row);
    await db.write((tx) =>
      tx.query(
        `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
        Object.values(row),
      ),
    );
    if (table === 'webhook_deliveries' && headers !== undefined)
      await db.write((tx) =>
        tx.query(
          `INSERT INTO webhook_bodies (seq, shop, topic, headers, payload) SELECT max(seq), ?, ?, ?, ? FROM webhook_deliveries`,
          [row.shop, row.topic, headers, payload ?? null],
        ),
      );
  };
  return {
    db,
    dataDir,
    clock,
    privacy,
    lines,
    warnings,
    stopped,
    installed,
    insert,
    runTasks: tests.run,
    skip: (hours: number) => {
      now += hours * HOUR_MS;
    },
    /** What Shopify sends, handled as the processor does. */
    deliver: async (topic: string, payload: unknown, shop = SHOP): Promise<void> => {
      seq += 1;
      const handler = privacy.handlers[topic];
      if (!handler) throw new Error(`nobody handles ${topic}`);
      const receivedAt = new Date(now).toISOString();
      const text = JSON.stringify(payload);
      await insert('webhook_deliveries', {
        shop,
        topic,
        webhook_id: `w${seq}`,
        received_at: receivedAt,
        state: 'processed',
        bytes: text.length,
        headers: '{}',
        payload: text,
      });
      const [row] = await db.read<{ seq: number }>('SELECT max(seq) AS seq FROM webhook_deliveries');
      const item = handler.prepare(payload, {
        seq: row?.seq ?? 0,
        shop,
        topic,
        triggeredAt: null,
        receivedAt,
        attempts: 0,
        payload: text,
      });
      const tells: (() => void)[] = [];
      await db.write((tx) => handler.write(tx, [item], (tell) => tells.push(tell)));
      for (const tell of tells) tell();
    },
    close: async (): Promise<void> => {
      await db.close();
    },
    remove: (): void => rmSync(dataDir, { recursive: true, force: true }),
  };
};
export type PrivacyHarness = Awaited<ReturnType<typeof startPrivacy>>;

/** The files of a zip, by name. */
export const readZip = (zip: Buffer): Map<string, Buffer> => {
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(zip.length - 22 + 16);
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    files.set(name, zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
};

/** The one request there is. @throws Error when there is none, or there are more */
export const onlyRequest = async (h: PrivacyHarness, show: 'open' | 'closed' = 'open') => {
  const { items } = await h.privacy.service.list({ show, limit: 10 });
  const [item] = items;
  if (!item || items.length !== 1) throw new Error(`expected one request, found ${items.length}`);
  return item;
};

export const bytesOf = async (stream: AsyncIterable<unknown>): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part as Buffer));
  return Buffer.concat(parts);
};
