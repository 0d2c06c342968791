import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import type { ErrorBody } from '../shared/errors.ts';

/** Only these travel on; authorization and cookies in particular are main's business, not the renderer's. */
const REQUEST_HEADERS = [
  'accept',
  'accept-language',
  'cache-control',
  'content-type',
  'last-event-id',
  'trpc-accept',
  'x-trpc-source',
];
const DROPPED_RESPONSE_HEADERS = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'set-cookie',
  'content-length',
]);
const NO_BODY = new Set([204, 205, 304]);
/** A call that moves nothing for so long is stuck. The live stream sends heartbeats more often than this. */
const IDLE_MS = 60_000;

/** The backend's answer to everything while it is away. */
export const backendAway = (problem: { message: string; hint?: string | undefined } | null): Response => {
  const error: ErrorBody = {
    code: 'BACKEND_RESTARTING',
    message: problem?.message ?? 'The backend is restarting.',
    hint: problem?.hint ?? 'It comes back by itself within a few seconds.',
  };
  return Response.json({ error }, { status: 503, headers: { 'cache-control': 'no-store', 'retry-after': '1' } });
};

const responseHeaders = (incoming: IncomingMessage): Headers => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value === undefined || DROPPED_RESPONSE_HEADERS.has(name)) continue;
    headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
};

/** The response's bytes as they come, no faster than they are read; nobody reading any more ends the call to the backend. */
const streamOf = (incoming: IncomingMessage, upstream: ClientRequest): ReadableStream<Uint8Array> => {
  let over = false;
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      incoming.on('data', (chunk: Buffer) => {
        if (over) return;
        controller.enqueue(chunk);
        if ((controller.desiredSize ?? 0) <= 0) incoming.pause();
      });
      incoming.once('end', () => {
        if (over) return;
        over = true;
        controller.close();
      });
      // Without an `end` before it, this is a backend that died in the middle of an answer.
      incoming.once('close', () => {
        if (over) return;
        over = true;
        controller.error(new Error('The backend closed the connection.'));
      });
      incoming.on('error', (error) => {
        if (over) return;
        over = true;
        controller.error(error);
      });
    },
    pull: () => {
      incoming.resume();
    },
    cancel: () => {
      over = true;
      upstream.destroy();
    },
  });
};

const sendBody = async (body: ReadableStream<Uint8Array>, upstream: ClientRequest): Promise<void> => {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (upstream.destroyed) {
      await reader.cancel();
      return;
    }
    if (!upstream.write(value))
      await new Promise<void>((resolve) => upstream.once('drain', resolve).once('close', resolve));
  }
  upstream.end();
};

/**
 * Hands a request of the renderer to the backend's socket, with the key that the renderer never sees, streaming both ways.
 * Rejects when the backend can't be reached.
 */
export const forwardToBackend = (request: Request, socketPath: string, doorKey: string): Promise<Response> =>
  new Promise((resolve, reject) => {
    const { pathname, search } = new URL(request.url);
    const headers: Record<string, string> = { host: 'backroom', authorization: `Bearer ${doorKey}` };
    for (const name of REQUEST_HEADERS) {
      const value = request.headers.get(name);
      if (value !== null) headers[name] = value;
    }
    const upstream = httpRequest({
      socketPath,
      path: pathname + search,
      method: request.method,
      headers,
      agent: false,
    });
    upstream.setTimeout(IDLE_MS, () => upstream.destroy(new Error('The backend did not answer in time.')));
    upstream.on('error', reject);
    upstream.once('response', (incoming) => {
      const status = incoming.statusCode ?? 502;
      const init = { status, headers: responseHeaders(incoming) };
      if (NO_BODY.has(status) || request.method === 'HEAD') {
        incoming.resume();
        resolve(new Response(null, init));
      } else {
        resolve(new Response(streamOf(incoming, upstream), init));
      }
    });
    request.signal.addEventListener('abort', () => upstream.destroy(), { once: true });
    if (request.body === null) upstream.end();
    else sendBody(request.body, upstream).catch((error: Error) => upstream.destroy(error));
  });
