import { expect, it } from 'vitest';
import { createLog } from '../log/log.ts';
import { createRedactor } from '../log/redact.ts';
import { createFastify } from './fastify-app.ts';

it('closing lets the answer that is under way arrive, and is not kept waiting by its connection', async () => {
  const log = createLog({ level: 'error', redactor: createRedactor(), write: () => undefined });
  const app = createFastify({ log, rawBodies: false, behindProxy: false });
  let arrived = (): void => undefined;
  const hasArrived = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  let answer = (): void => undefined;
  const mayAnswer = new Promise<void>((resolve) => {
    answer = resolve;
  });
  app.get('/slow', async () => {
    arrived();
    await mayAnswer;
    return 'stored';
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const pending = fetch(`${url}/slow`).then((response) => response.text());
  await hasArrived;
  const closed = app.close();
  // Not before the door has begun to close.
  await expect.poll(() => app.server.listening).toBe(false);
  answer();
  expect(await pending).toBe('stored');
  await closed;
});

it('a database that can’t be written is a 503 that says why, and not a line in the log for each request; what is unknown is', async () => {
  const lines: string[] = [];
  const log = createLog({ level: 'error', redactor: createRedactor(), write: (line) => lines.push(line) });
  const app = createFastify({ log, rawBodies: false, behindProxy: false });
  app.get('/full', async () => {
    throw Object.assign(new Error('SQLITE_FULL: database or disk is full'), { code: 'SQLITE_FULL' });
  });
  app.get('/wrapped', async () => {
    throw new Error('the query failed', { cause: Object.assign(new Error('no'), { code: 'SQLITE_READONLY' }) });
  });
  app.get('/defect', async () => {
    throw new Error('a defect');
  });
  const full = await app.inject('/full');
  expect(full.statusCode).toBe(503);
  expect(full.json()).toMatchObject({
    error: { code: 'STORAGE_UNAVAILABLE', message: 'The disk is full, so nothing can be stored.' },
  });
  expect((await app.inject('/wrapped')).json().error.message).toContain('SQLITE_READONLY');
  expect(lines).toEqual([]);
  expect((await app.inject('/defect')).statusCode).toBe(500);
  expect(lines).toHaveLength(1);
  await app.close();
});
