import type { FastifyInstance } from 'fastify';
import { createPixelActivation } from '../features/pixel/activation.ts';
import { createPixelIngest } from '../features/pixel/ingest.ts';
import { createPixelQueries } from '../features/pixel/queries.ts';
import { registerPixelRoutes } from '../features/pixel/routes.ts';
import type { Suppression } from '../platform/personal-data.ts';
import type { ShopifyClient } from '../shopify/client.ts';
import type { Foundation } from './foundation.ts';

export const composePixel = async (
  { db, clock, ids, bus, log, config, publicAddress, onClose }: Foundation,
  suppression: Suppression,
) => {
  const activation = await createPixelActivation({ db, clock, ids });
  const ingest = createPixelIngest({
    db,
    clock,
    bus,
    screen: suppression.screen,
    onError: (error) => log.error({ err: error }, 'a pixel write failed'),
  });
  onClose(() => ingest.idle());
  return {
    activation,
    service: createPixelQueries(db),
    ensureActive: (client: ShopifyClient): Promise<void> =>
      activation.ensureActive(client, `${publicAddress.url()}/pixel/v1/events`),
    register: (door: FastifyInstance): void =>
      registerPixelRoutes(door, {
        ingest,
        shopOf: activation.shopOf,
        bodyLimit: config.BACKROOM_LIMITS_PIXEL_BODY_BYTES,
        limits: {
          enabled: config.BACKROOM_LIMITS === 'on',
          perKey: config.BACKROOM_LIMITS_PIXEL_EVENTS_PER_MINUTE,
          perAddress: config.BACKROOM_LIMITS_PIXEL_ADDRESS_EVENTS_PER_MINUTE,
        },
      }),
  };
};
