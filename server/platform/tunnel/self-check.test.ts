import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { makeCertificate } from '../../../test/tunnel-edge/certificate.ts';
import { systemClock } from '../clock.ts';
import { createSelfCheck } from './self-check.ts';

const proofOf = (nonce: string): string => `proof-of-${nonce}`;
const check = createSelfCheck({ clock: systemClock, proof: { proofOf } });
const never = new AbortController().signal;

let server: Server | null = null;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  server = null;
});
const listen = (started: Server, scheme: 'http' | 'https'): Promise<string> =>
  new Promise((resolve) => {
    server = started;
    started.listen(0, '127.0.0.1', () => resolve(`${scheme}://127.0.0.1:${(started.address() as AddressInfo).port}`));
  });
/** Answers the nonce as the public door does. */
const prove = (url: string | undefined): string =>
  JSON.stringify({ status: 'ok', proof: proofOf(new URL(url ?? '/', 'http://x').searchParams.get('nonce') ?? '') });

describe('the self-check', () => {
  it('knows this process, and that a loopback address is no public one', async () => {
    const url = await listen(
      createHttpServer((request, reply) => reply.end(prove(request.url))),
      'http',
    );
    const found = await check.run(url, never);
    expect(found).toMatchObject({ saw: 'local', warningPage: false, latencyMs: expect.any(Number) });
    expect(await check.leadsHere(url, never)).toBe(true);
  });

  it('sees the page that browsers get first', async () => {
    const url = await listen(
      createHttpServer((request, reply) => {
        if (!/Mozilla/.test(request.headers['user-agent'] ?? '')) reply.end(prove(request.url));
        else reply.writeHead(511, { 'ngrok-error-code': 'ERR_NGROK_6024' }).end('<html></html>');
      }),
      'http',
    );
    expect((await check.run(url, never)).warningPage).toBe(true);
  });

  it('is not taken in by another Backroom, or by an echo', async () => {
    const url = await listen(
      createHttpServer((request, reply) => reply.end(`{"status":"ok","proof":"${request.url}"}`)),
      'http',
    );
    expect(await check.run(url, never)).toMatchObject({ saw: 'something-else' });
    expect(await check.leadsHere(url, never)).toBe(false);
  });

  it('tells ngrok’s own answers apart', async () => {
    const url = await listen(
      createHttpServer((_request, reply) =>
        reply.writeHead(404, { 'ngrok-error-code': 'ERR_NGROK_3200' }).end('offline'),
      ),
      'http',
    );
    const found = await check.run(url, never);
    expect(found.saw).toBe('tunnel-error');
    expect(found.message).toContain('no tunnel is online');
  });

  it('refuses a certificate that nobody vouches for', async () => {
    const { cert, key } = makeCertificate();
    const url = await listen(
      createHttpsServer({ cert, key }, (request, reply) => reply.end(prove(request.url))),
      'https',
    );
    expect(await check.run(url, never)).toMatchObject({ saw: 'certificate' });
    expect(await check.leadsHere(url, never)).toBe(false);
  });

  it('says that nothing listens', async () => {
    const url = await listen(createHttpServer(), 'http');
    await new Promise((resolve) => server?.close(resolve));
    server = null;
    expect(await check.run(url, never)).toMatchObject({ saw: 'no-answer', message: 'Nothing listens at the address.' });
  });
});
