import type { FastifyInstance } from 'fastify';
import type { LiveMessage, LiveTopic } from '../../../shared/live.ts';
import type { EventBus } from '../events/bus.ts';

const COALESCE_MS = 100;
const PING_MS = 15_000;
const MAX_IDS = 50;

interface Pending {
  shop: string | undefined;
  ids: Set<string> | null;
}

/** Merges what was announced since the last flush into one message a topic. Ids survive only while all announcements had some. */
export const createCoalescer = (send: (messages: LiveMessage[]) => void) => {
  const pending = new Map<LiveTopic, Pending>();
  return {
    add: (message: LiveMessage): void => {
      const known = pending.get(message.topic);
      if (!known) {
        pending.set(message.topic, { shop: message.shop, ids: message.ids ? new Set(message.ids) : null });
        return;
      }
      if (known.shop !== message.shop) known.shop = undefined;
      if (!message.ids) known.ids = null;
      else if (known.ids) for (const id of message.ids) known.ids.add(id);
      if (known.ids && known.ids.size > MAX_IDS) known.ids = null;
    },
    flush: (): void => {
      if (pending.size === 0) return;
      const messages = [...pending].map(
        ([topic, { shop, ids }]): LiveMessage => ({
          topic,
          ...(shop === undefined ? {} : { shop }),
          ...(ids ? { ids: [...ids] } : {}),
        }),
      );
      pending.clear();
      send(messages);
    },
  };
};

/** `GET /live` (server-sent events). A client too slow to read is disconnected instead of buffered for; it comes back by itself and reloads. */
export const registerLiveStream = (app: FastifyInstance, bus: EventBus): void => {
  const open = new Set<() => void>();
  app.get('/live', (request, reply) => {
    reply.hijack();
    const response = reply.raw;
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      connection: 'keep-alive',
      'x-accel-buffering': 'no',
    });
    response.write('retry: 500\n: connected\n\n');
    const write = (text: string): void => {
      if (!response.write(text) && response.writableLength > 1_000_000) response.destroy();
    };
    const coalescer = createCoalescer((messages) =>
      write(messages.map((message) => `data: ${JSON.stringify(message)}\n\n`).join('')),
    );
    let flushing: NodeJS.Timeout | null = null;
    const unsubscribe = bus.subscribe((message) => {
      coalescer.add(message);
      flushing ??= setTimeout(() => {
        flushing = null;
        coalescer.flush();
      }, COALESCE_MS);
    });
    const ping = setInterval(() => write(': ping\n\n'), PING_MS);
    const close = (): void => {
      open.delete(close);
      unsubscribe();
      clearInterval(ping);
      if (flushing) clearTimeout(flushing);
      response.end();
    };
    open.add(close);
    request.raw.on('close', close);
  });
  app.addHook('preClose', async () => {
    for (const close of [...open]) close();
  });
};
