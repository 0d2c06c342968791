import type { FastifyInstance } from 'fastify';
import { AppError } from '../../../shared/errors.ts';
import type { RequestKind, UsageMeter } from './usage.ts';

const kindOf = (path: string): RequestKind =>
  path.startsWith('/webhooks') ? 'webhook' : path.startsWith('/pixel/') ? 'pixel' : 'other';

/** Counts what comes through the tunnel (its host name tells), and answers pixel requests 429 once the rest is for webhooks. */
export const meterTunnelRequests = (
  door: FastifyInstance,
  options: { meter: UsageMeter; tunnelHost: () => string | null },
): void => {
  door.addHook('onRequest', async (request, reply) => {
    const host = options.tunnelHost();
    if (host === null || request.headers.host !== host) return;
    if (options.meter.admit(kindOf(request.url))) return;
    const wait = options.meter.secondsToReset();
    // Browsers must be able to read the refusal, or they report a CORS error in its place.
    reply.header('access-control-allow-origin', '*').header('retry-after', wait);
    throw new AppError(
      'RATE_LIMITED',
      'Pixel intake is stopped: the tunnel’s requests of this month are kept for webhooks.',
      {
        hint: 'It goes on with the new month. The limit is set in Settings → Tunnel.',
      },
    );
  });
};
