import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `lost`: the backend takes the request, and the answer is lost on the way. `gone`: nobody is there. */
export type ProxyMode = 'ok' | 'slow' | 'failing' | 'gone' | 'lost';

const SLOW_MS = 1500;
const PAGE = '<!doctype html><meta charset="utf-8"><title>A shop</title><p>A mug</p>';

/** The way between a shop's page and the backend, good or bad as a test wants it. `GET` answers the shop's page. */
export const startFlakyProxy = async (backend: string) => {
  let mode: ProxyMode = 'ok';
  /** How often the backend took each event, by its id. */
  const taken = new Map<string, number>();
  /** Ids of which the page knows that they were taken. */
  const acknowledged = new Set<string>();
  let refused = 0;

  const forward = (
    url: string,
    headers: Record<string, string | undefined>,
    body: Buffer,
    response: ServerResponse,
  ) => {
    const isLost = mode === 'lost';
    const call = request(new URL(url, backend), { method: 'POST', headers }, (answer) => {
      answer.resume();
      answer.on('end', () => {
        const events = JSON.parse(body.toString('utf8')) as { id: string }[];
        if (answer.statusCode === 204) for (const { id } of events) taken.set(id, (taken.get(id) ?? 0) + 1);
        if (isLost) {
          response.destroy();
          return;
        }
        if (answer.statusCode === 204) for (const { id } of events) acknowledged.add(id);
        response.writeHead(answer.statusCode ?? 502, answer.headers).end();
      });
    });
    call.on('error', () => response.destroy());
    call.end(body);
  };

  const server = createServer((incoming, response) => {
    if (incoming.method === 'GET') {
      response.setHeader('content-type', 'text/html').end(PAGE);
      return;
    }
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const headers = {
        'content-type': incoming.headers['content-type'],
        origin: incoming.headers.origin,
        'content-length': String(body.length),
      };
      const pass = (): void => forward(incoming.url ?? '/', headers, body, response);
      if (mode === 'gone' || mode === 'failing') refused += 1;
      if (mode === 'gone') response.destroy();
      else if (mode === 'failing') response.writeHead(503, { 'access-control-allow-origin': '*' }).end();
      else if (mode === 'slow') setTimeout(pass, SLOW_MS);
      else pass();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setMode: (next: ProxyMode): void => {
      mode = next;
    },
    taken: taken as ReadonlyMap<string, number>,
    acknowledged: acknowledged as ReadonlySet<string>,
    /** Requests that met a failing backend, or none. */
    refused: (): number => refused,
    close: (): void => {
      server.closeAllConnections();
      server.close();
    },
  };
};
