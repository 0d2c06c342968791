import { beforeEach, describe, expect, it, vi } from 'vitest';

const load = async () => {
  vi.resetModules();
  const { connection } = await import('./connection.ts');
  const { createDoorFetch } = await import('./door-fetch.ts');
  connection.opened();
  const withAnswer = (answer: Response | Error) =>
    createDoorFetch(() => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)));
  return { connection, withAnswer };
};

let door: Awaited<ReturnType<typeof load>>;
beforeEach(async () => {
  door = await load();
});

const json = (status: number, body: unknown): Response => new Response(JSON.stringify(body), { status });

describe('createDoorFetch', () => {
  it('tells a restarting backend from an answer of the backend', async () => {
    await expect(
      door.withAnswer(json(503, { error: { code: 'BACKEND_RESTARTING' } }))('/trpc/x'),
    ).rejects.toMatchObject({ kind: 'restarting' });
    expect(door.connection.get()).toBe('restarting');
  });

  it('keeps why the backend can’t start, and what to do about it', async () => {
    const error = { code: 'BACKEND_RESTARTING', message: 'The port is taken.', hint: 'Choose another one.' };
    await expect(door.withAnswer(json(503, { error }))('/trpc/x')).rejects.toMatchObject({
      reason: 'The port is taken. Choose another one.',
    });
  });

  it('lets the backend itself answer with 502 and 503', async () => {
    const throttled = json(503, [{ error: { data: { app: { code: 'SHOPIFY_THROTTLED' } } } }]);
    expect((await door.withAnswer(throttled)('/trpc/x')).status).toBe(503);
    expect(door.connection.get()).toBe('connected');
  });

  it('takes a gateway that speaks for the backend as a restart', async () => {
    await expect(
      door.withAnswer(new Response('<h1>Bad gateway</h1>', { status: 502 }))('/trpc/x'),
    ).rejects.toMatchObject({ kind: 'restarting' });
  });

  it('keeps what a failed answer says that is not of the API, and says what to do', async () => {
    const told = { code: 'INTERNAL', message: 'The window’s address is unknown.', hint: 'Close the window.' };
    await expect(door.withAnswer(json(500, { error: told }))('/trpc/x')).rejects.toMatchObject({
      name: 'ForeignAnswerError',
      message: told.message,
      hint: told.hint,
    });
    for (const body of ['<h1>Internal Server Error</h1>', 'null', '{"message":"no route"}'])
      await expect(door.withAnswer(new Response(body, { status: 500 }))('/trpc/x'), body).rejects.toMatchObject({
        message: expect.stringContaining('error 500'),
        hint: expect.stringContaining('logs'),
      });
    expect(door.connection.get()).toBe('connected');
  });

  it('leaves the API’s own refusals to whoever asked', async () => {
    for (const body of [[{ error: { code: -32603 } }], { error: { code: -32603, message: 'no' } }])
      expect((await door.withAnswer(json(500, body))('/trpc/x')).status).toBe(500);
  });

  it('says offline when nothing answers, and ended at 401', async () => {
    await expect(door.withAnswer(new TypeError('Failed to fetch'))('/trpc/x')).rejects.toMatchObject({
      kind: 'offline',
    });
    expect(door.connection.get()).toBe('offline');
    await expect(door.withAnswer(json(401, {}))('/trpc/x')).rejects.toThrow('The session has ended.');
    expect(door.connection.get()).toBe('ended');
  });

  it('takes an answer as the end of it while the live stream is open, and leaves it to the stream otherwise', async () => {
    const fail = () =>
      door
        .withAnswer(new TypeError('Failed to fetch'))('/trpc/x')
        .catch(() => 'failed');
    await fail();
    await door.withAnswer(json(200, []))('/trpc/x');
    expect(door.connection.get()).toBe('connected');
    door.connection.dropped();
    await fail();
    await door.withAnswer(json(200, []))('/trpc/x');
    expect(door.connection.get()).toBe('offline');
  });

  it('passes an aborted call on as it is', async () => {
    const aborted = new AbortController();
    aborted.abort();
    const error = new DOMException('aborted', 'AbortError');
    await expect(door.withAnswer(error)('/trpc/x', { signal: aborted.signal })).rejects.toBe(error);
    expect(door.connection.get()).toBe('connected');
  });
});
