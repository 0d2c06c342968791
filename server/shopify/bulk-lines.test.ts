import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Clock } from '../platform/clock.ts';
import { type BulkLine, readBulkLines } from './bulk-lines.ts';

/** Waits cost nothing here. */
const clock: Clock = { now: () => 0, delay: async (_ms, signal) => signal?.throwIfAborted() };

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const serve = async (answer: (request: IncomingMessage, response: ServerResponse, count: number) => void) => {
  const requests: { url: string; range: string | undefined }[] = [];
  const server = createServer((request, response) => {
    requests.push({ url: request.url ?? '', range: request.headers.range });
    answer(request, response, requests.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/file`, requests };
};

const rangeStart = (request: IncomingMessage): number =>
  Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);

/** Sends the file from where it was asked for, at most `limit` bytes, then drops the connection if there is more. */
const sendFrom = (file: Buffer, request: IncomingMessage, response: ServerResponse, limit = file.length): void => {
  const start = rangeStart(request);
  if (start >= file.length) {
    response.writeHead(416).end();
    return;
  }
  const body = file.subarray(start);
  response.writeHead(start > 0 ? 206 : 200, { 'content-length': body.length });
  if (body.length <= limit) response.end(body);
  else response.write(body.subarray(0, limit), () => response.destroy());
};

const collect = async (lines: AsyncIterable<BulkLine>): Promise<BulkLine[]> => {
  const all: BulkLine[] = [];
  for await (const line of lines) all.push(line);
  return all;
};
const fileOf = (rows: readonly unknown[], end = '\n'): Buffer =>
  Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n') + (rows.length > 0 ? end : ''));

describe('a bulk operation’s file', () => {
  it('comes line by line, whole, whatever the pieces it is delivered in', async () => {
    const rows = fc.array(fc.record({ id: fc.string(), title: fc.string({ unit: 'grapheme' }), n: fc.integer() }), {
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 30, max: 400 }), fc.boolean(), async (values, limit, hasEnd) => {
        const file = fileOf(values, hasEnd ? '\n' : '');
        const longest = Math.max(0, ...values.map((row) => Buffer.byteLength(JSON.stringify(row))));
        const { url } = await serve((request, response) => sendFrom(file, request, response, limit + longest));
        const lines = await collect(readBulkLines(url, { clock }));
        expect(lines.map((line) => line.value)).toEqual(values);
        expect(lines.map((line) => line.line)).toEqual(values.map((_row, index) => index + 1));
        expect(lines.at(-1)?.endByte ?? 0).toBe(file.length);
      }),
      { numRuns: 25 },
    );
  });

  it('goes on behind the last whole line after a dropped connection, without asking for a line twice', async () => {
    const rows = Array.from({ length: 100 }, (_value, index) => ({ id: `gid://shopify/Product/${index}` }));
    const file = fileOf(rows);
    const { url, requests } = await serve((request, response) => sendFrom(file, request, response, 1000));
    const lines = await collect(readBulkLines(url, { clock }));
    expect(lines.map((line) => line.value)).toEqual(rows);
    expect(requests.length).toBeGreaterThan(2);
    for (const { range } of requests.slice(1)) {
      const start = Number(/\d+/.exec(range ?? '')?.[0]);
      expect(file[start - 1]).toBe(0x0a);
    }
  });

  it('begins where an earlier run ended, with its numbers going on', async () => {
    const rows = [{ id: 1 }, { id: 2 }, { id: 3 }];
    const file = fileOf(rows);
    const { url } = await serve((request, response) => sendFrom(file, request, response));
    const [first] = await collect(readBulkLines(url, { clock }));
    const rest = await collect(readBulkLines(url, { clock, fromByte: first?.endByte ?? 0, fromLine: 1 }));
    expect(rest.map(({ value, line }) => [value, line])).toEqual([
      [{ id: 2 }, 2],
      [{ id: 3 }, 3],
    ]);
    expect(await collect(readBulkLines(url, { clock, fromByte: file.length }))).toEqual([]);
  });

  it('works with a server that knows no ranges', async () => {
    const rows = Array.from({ length: 50 }, (_value, index) => ({ id: index }));
    const file = fileOf(rows);
    const { url } = await serve((_request, response, count) => {
      response.writeHead(200, { 'content-length': file.length });
      if (count === 1) response.write(file.subarray(0, 200), () => response.destroy());
      else response.end(file);
    });
    expect((await collect(readBulkLines(url, { clock }))).map((line) => line.value)).toEqual(rows);
  });

  it('asks for a new link when the old one has ended, and goes on at the same place', async () => {
    const rows = Array.from({ length: 50 }, (_value, index) => ({ id: index }));
    const file = fileOf(rows);
    const { url, requests } = await serve((request, response) => {
      if (request.url === '/file' && rangeStart(request) > 0) response.writeHead(403).end();
      else sendFrom(file, request, response, request.url === '/file' ? 200 : file.length);
    });
    const renewUrl = async (): Promise<string> => url.replace('/file', '/new');
    expect((await collect(readBulkLines(url, { clock, renewUrl }))).map((line) => line.value)).toEqual(rows);
    expect(requests.map((request) => request.url)).toEqual(['/file', '/file', '/new']);
  });

  it.each([
    ['the file is gone', async () => null, 'has removed the bulk file'],
    ['the new link does not work either', async () => 'same', 'could not be downloaded'],
  ])('says so when %s', async (_name, renew, message) => {
    const { url } = await serve((_request, response) => response.writeHead(404).end());
    const renewUrl = async (): Promise<string | null> => ((await renew()) === null ? null : url);
    await expect(collect(readBulkLines(url, { clock, renewUrl }))).rejects.toThrow(message);
  });

  it('gives up after several failures without a new line, and not before', async () => {
    const { url, requests } = await serve((_request, response) => response.writeHead(503).end());
    await expect(collect(readBulkLines(url, { clock }))).rejects.toMatchObject({ code: 'SHOPIFY_UNREACHABLE' });
    expect(requests.length).toBe(7);
  });

  it('names the line that is not JSON', async () => {
    const { url } = await serve((_request, response) => response.end('{"id":1}\n{"id":\n'));
    await expect(collect(readBulkLines(url, { clock }))).rejects.toThrow('Line 2 of the bulk file is not JSON');
  });

  it('stops when it is told to', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(200);
      response.write('{"id":1}\n');
    });
    const stop = new AbortController();
    const lines = readBulkLines(url, { clock, signal: stop.signal });
    expect((await lines.next()).value).toMatchObject({ line: 1, text: '{"id":1}' });
    const next = lines.next();
    stop.abort(new Error('closing'));
    await expect(next).rejects.toThrow('closing');
  });

  it('does not follow a link that leaves https', async () => {
    await expect(collect(readBulkLines('http://storage.example/file', { clock }))).rejects.toThrow('not an https');
  });
});
