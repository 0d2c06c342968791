import { createHmac, randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { meterTunnelRequests } from '../features/tunnel/intake.ts';
import { createTunnelService, type TunnelEnvironment } from '../features/tunnel/service.ts';
import { createTunnelSettings } from '../features/tunnel/settings.ts';
import { createUsageMeter } from '../features/tunnel/usage.ts';
import { createNgrokAgent } from '../platform/tunnel/agent.ts';
import { createSelfCheck, type SelfProof } from '../platform/tunnel/self-check.ts';
import type { Foundation } from './foundation.ts';

/** Answers a nonce so that whoever sent it knows this very process; the key is new at each start. */
const createSelfProof = (): SelfProof => {
  const key = randomBytes(32);
  return { proofOf: (nonce) => createHmac('sha256', key).update(nonce).digest('base64url') };
};

export const composeTunnel = async (
  { options, config, db, vault, clock, bus, log, redactor, publicAddress, onClose }: Foundation,
  parts: {
    demo: boolean;
    /** Shopify has to be told the new address: webhooks and pixels of all stores. */
    onPublicUrl: () => void;
    /** Shops' pixels have to be taken out, or may come back. */
    onPixelStopped: () => void;
  },
) => {
  const env: TunnelEnvironment = {
    token: config.NGROK_AUTHTOKEN,
    domain: config.NGROK_DOMAIN,
    ownUrl: config.BACKROOM_PUBLIC_URL,
  };
  let started = false;
  const settings = await createTunnelSettings(db, clock);
  const meter = await createUsageMeter({
    db,
    clock,
    limits: settings.get,
    onPixelStopped: (isStopped) => {
      log.warn(
        { isStopped },
        isStopped ? 'pixel intake is stopped: the rest of the plan is for webhooks' : 'pixel intake goes on',
      );
      bus.publish({ topic: 'pixel' });
      if (started) parts.onPixelStopped();
    },
    onFigures: () => bus.publish({ topic: 'system' }),
    onError: (error) => log.error({ err: error }, 'the count of tunnel requests was not written'),
  });
  onClose(() => meter.close());
  const proof = createSelfProof();
  const service = createTunnelService({
    env,
    demo: parts.demo,
    settings,
    vault,
    clock,
    log,
    bus,
    redactor,
    meter,
    agent: createNgrokAgent({
      version: options.version,
      serverAddress: config.NGROK_SERVER_ADDR,
      rootCas: config.NGROK_ROOT_CAS,
      onQuiet: (what, error) => log.debug({ err: error }, what),
    }),
    check: createSelfCheck({ clock, proof }),
    localUrl: publicAddress.local,
    publicUrl: publicAddress.url,
    onUrl: (url) => {
      if (publicAddress.url() === url) return;
      publicAddress.set(url);
      bus.publish({ topic: 'settings' });
      // Not to this computer's own address: Shopify could not deliver there.
      if (started && url !== publicAddress.local()) parts.onPublicUrl();
    },
  });
  onClose(() => service.close());
  return {
    service,
    proof,
    register: (door: FastifyInstance): void => meterTunnelRequests(door, { meter, tunnelHost: service.tunnelHost }),
    /** To be called once the doors listen; what the settings say of the address holds afterwards. */
    start: async (): Promise<void> => {
      await service.start();
      started = true;
    },
  };
};
