import type { FastifyInstance } from 'fastify';
import { createFastify } from '../platform/http/fastify-app.ts';
import type { Log } from '../platform/log/log.ts';

/** The only listener a tunnel may reach: auth, webhooks, pixel and health. Loopback; ngrok or a proxy brings the outside to it. */
export const createPublicDoor = (options: { log: Log; register: (app: FastifyInstance) => void }): FastifyInstance => {
  const app = createFastify({ log: options.log, rawBodies: true });
  app.get('/healthz', async () => ({ status: 'ok' }));
  options.register(app);
  return app;
};
