import { unlink } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import type { Log } from '../platform/log/log.ts';

const HOST = '127.0.0.1';
const isBusy = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EADDRINUSE';

/**
 * Listens on loopback. A port that nobody asked for by name gives way to a free one when another program has it; one that was configured
 * is an error, since Shopify's addresses depend on it.
 */
export const listenTcp = async (
  app: FastifyInstance,
  options: { port: number; configured: boolean; name: string; log: Log },
): Promise<string> => {
  try {
    return await app.listen({ host: HOST, port: options.port });
  } catch (error) {
    if (!isBusy(error)) throw error;
    if (options.configured)
      throw new Error(
        `${options.name} ${options.port} is used by another program. Stop that program or choose another port.`,
        { cause: error },
      );
    options.log.warn({ port: options.port }, 'the usual port is taken, using a free one');
    return app.listen({ host: HOST, port: 0 });
  }
};

/** A socket file left by a crash would block the address; on Windows pipes vanish with their owner. */
export const listenSocket = async (app: FastifyInstance, path: string): Promise<void> => {
  if (!path.startsWith('\\\\.\\pipe\\')) {
    await unlink(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
  await app.listen({ path });
};
