import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { CONSOLE_HEADERS, consolePage } from '../../../shared/console-headers.ts';

/** Serves the built console headless, with the same policy that main uses for `app://`. Unknown paths get `index.html`: routes are the console's. */
export const registerConsoleFiles = async (app: FastifyInstance, directory: string): Promise<void> => {
  const index = await readFile(join(directory, 'index.html'), 'utf8');
  await app.register(fastifyStatic, {
    root: directory,
    index: false,
    wildcard: false,
    setHeaders: (response) => {
      for (const [name, value] of Object.entries(CONSOLE_HEADERS)) response.header(name, value);
    },
  });
  app.get('/*', (request, reply) => {
    if (!(request.headers.accept ?? '').includes('text/html')) return reply.callNotFound();
    const page = consolePage(index, randomBytes(16).toString('base64'));
    return reply.headers(page.headers).send(page.text);
  });
};
