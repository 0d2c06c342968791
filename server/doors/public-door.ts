import type { FastifyInstance } from 'fastify';
import { createFastify } from '../platform/http/fastify-app.ts';
import type { Log } from '../platform/log/log.ts';

/** The only listener a tunnel may reach: auth, webhooks, pixel and health. Loopback; ngrok or a proxy brings the outside to it. */
export const createPublicDoor = (options: {
  log: Log;
  proofOf: (nonce: string) => string;
  register: (app: FastifyInstance) => void;
}): FastifyInstance => {
  const app = createFastify({ log: options.log, rawBodies: true, behindProxy: true });
  // With a nonce: the proof that this very process answers, for the check of the public address.
  app.get<{ Querystring: { nonce?: unknown } }>('/healthz', async ({ query: { nonce } }) => ({
    status: 'ok',
    ...(typeof nonce === 'string' && nonce.length <= 64 ? { proof: options.proofOf(nonce) } : {}),
  }));
  options.register(app);
  return app;
};
