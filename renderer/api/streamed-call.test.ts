import { createTRPCClient, httpBatchStreamLink } from '@trpc/client';
import { describe, expect, it } from 'vitest';
import type { AppRouter } from '../../server/api/root.ts';
import { createDoorFetch } from './door-fetch.ts';
import { describeError } from './errors.ts';

/** What a streamed call shows when this comes instead of its stream. */
const shownAfter = async (answer: Response) => {
  const fetch = createDoorFetch(() => Promise.resolve(answer));
  const client = createTRPCClient<AppRouter>({
    links: [httpBatchStreamLink({ url: 'http://backroom.test/trpc', fetch, maxItems: 1 })],
  });
  const error = await client.system.status.query().then(
    () => null,
    (problem: unknown) => problem,
  );
  return describeError(error);
};

describe('a streamed call', () => {
  it('shows a plain 500 in words, with what to do', async () => {
    const shown = await shownAfter(new Response('Internal Server Error', { status: 500 }));
    expect(shown).toMatchObject({ code: 'FOREIGN_ANSWER', message: expect.stringContaining('error 500') });
    expect(shown.hint).toContain('Try again');
  });

  it('shows what the answer says by itself', async () => {
    const error = { code: 'INTERNAL', message: 'The disk is gone.', hint: 'Plug it in.' };
    expect(await shownAfter(new Response(JSON.stringify({ error }), { status: 500 }))).toMatchObject({
      message: 'The disk is gone.',
      hint: 'Plug it in.',
    });
  });

  it('keeps the API’s own words', async () => {
    const app = { code: 'INTERNAL', message: 'The database could not be read.', hint: 'Look at the disk.' };
    const body = { error: { code: -32603, message: app.message, data: { code: 'INTERNAL_SERVER_ERROR', app } } };
    expect(await shownAfter(new Response(JSON.stringify(body), { status: 500 }))).toEqual(app);
  });
});
