import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DemoStore } from '../store.ts';

export interface GraphqlResult {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[];
  readonly cost: {
    readonly requestedQueryCost: number;
    readonly actualQueryCost: number | null;
    readonly throttleStatus: {
      readonly maximumAvailable: number;
      readonly currentlyAvailable: number;
      readonly restoreRate: number;
    };
  } | null;
}

/** One call of the Admin API, as the backend makes it. */
export const graphql = async (
  store: DemoStore,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  options: { token?: string; shop?: string; version?: string } = {},
): Promise<GraphqlResult> => {
  const response = await fetch(`${store.ready.origin}/admin/api/${options.version ?? '2026-10'}/graphql.json`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Shopify-Access-Token': options.token ?? store.ready.adminToken,
      'X-Shopify-Shop-Domain': options.shop ?? store.ready.shop,
    },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const body = text.startsWith('{') ? JSON.parse(text) : {};
  const errors = Array.isArray(body.errors) ? body.errors : body.errors ? [{ message: String(body.errors) }] : [];
  return {
    status: response.status,
    headers: response.headers,
    data: body.data ?? null,
    errors,
    cost: body.extensions?.cost ?? null,
  };
};

/** Calls a handle under `/_demo/`. */
export const control = async (
  store: DemoStore,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> => {
  const response = await fetch(`${store.ready.origin}/_demo/${path}`, {
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
};

export interface Received {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** A local server that keeps what is posted to it. `answer` chooses the status. */
export const startReceiver = async (answer: (count: number) => number = () => 200) => {
  const received: Received[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push({
        url: request.url ?? '',
        headers: request.headers,
        rawHeaders: request.rawHeaders,
        body: Buffer.concat(parts),
      });
      response.writeHead(answer(received.length)).end();
      for (const entry of waiting) if (received.length >= entry.count) entry.resolve();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    /** Resolves when that many requests have come; the test's own time limit bounds it. */
    waitFor: (count: number): Promise<void> =>
      received.length >= count ? Promise.resolve() : new Promise((resolve) => waiting.push({ count, resolve })),
    close: (): Promise<void> =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
};
