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
