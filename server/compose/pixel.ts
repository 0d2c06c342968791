import type { FastifyInstance } from 'fastify';
import { createPixelActivation } from '../features/pixel/activation.ts';
import { createPixelAnalysis } from '../features/pixel/analysis/analysis.ts';
import { createPixelIngest } from '../features/pixel/ingest.ts';
import { createPixelQueries } from '../features/pixel/queries.ts';
import { createReceiver } from '../features/pixel/receive.ts';
import { createRollups } from '../features/pixel/rollups.ts';
import { registerPixelRoutes } from '../features/pixel/routes.ts';
import { createPixelCheck } from '../features/pixel/validators.ts';
import type { Suppression } from '../platform/personal-data.ts';
import type { ShopifyClient } from '../shopify/client.ts';
import type { Foundation } from './foundation.ts';

export const composePixel = async (
  { db, clock, ids, bus, log, config, publicAddress, onClose }: Foundation,
  suppression: Suppression,
) => {
  const activation = await createPixelActivation({ db, clock, ids });
  const rollups = await createRollups(db);
  const receiver = createReceiver({ check: createPixelCheck() });
  const ingest = createPixelIngest({
    db,
    rollups,
    clock,
    bus,
    screen: suppression.screen,
    onStored: () => analysis.wake(),
    onError: (error) => log.error({ err: error }, 'a pixel write failed'),
  });
  onClose(() => ingest.idle());
  const analysis = createPixelAnalysis({
    db,
    clock,
    isBusy: ingest.isBusy,
    onChange: () => bus.publish({ topic: 'pixel' }),
    onError: (error) => log.error({ err: error }, 'the pixel’s events could not be analysed'),
  });
  onClose(() => analysis.close());
  analysis.wake();
  return {
    activation,
    service: createPixelQueries(db),
    ensureActive: (client: ShopifyClient): Promise<void> =>
      activation.ensureActive(client, `${publicAddress.url()}/pixel/v1/events`),
    register: (door: FastifyInstance): void =>
      registerPixelRoutes(door, {
        ingest,
        receiver,
        clock,
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
