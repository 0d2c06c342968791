import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import type { Services } from '../api/services.ts';
import { listenSocket, listenTcp } from '../doors/listen.ts';
import { createPrivateDoor, type Readiness } from '../doors/private-door.ts';
import { createPublicDoor } from '../doors/public-door.ts';
import { CONSOLE } from '../platform/http/caller.ts';
import { createConsoleSessions } from '../platform/http/console-sessions.ts';
import { createMetrics } from '../platform/metrics.ts';
import type { Foundation } from './foundation.ts';

/** Builds both doors and listens: the public one first, since its port is part of what the private one tells. */
export const openDoors = async (
  foundation: Foundation,
  parts: {
    services: Services;
    keyServices: Services;
    personalServices: Services;
    readiness: () => Readiness;
    metrics: readonly { registerMetrics(registry: Registry): void }[];
    /** What `/healthz` answers to a nonce. */
    proofOf: (nonce: string) => string;
    public: readonly { register(door: FastifyInstance): void }[];
    private: readonly { registerPrivate(door: FastifyInstance): void }[];
  },
) => {
  const { options, config, log, db, clock, ids, bus, publicAddress, onClose } = foundation;
  const { desktop } = options;
  const publicDoor = createPublicDoor({
    log,
    proofOf: parts.proofOf,
    register: (door) => {
      for (const area of parts.public) area.register(door);
    },
  });
  onClose(() => publicDoor.close());
  const metrics = createMetrics(db);
  for (const area of parts.metrics) area.registerMetrics(metrics);
  const sessions = createConsoleSessions({ db, clock, ids });
  const privateDoor = await createPrivateDoor({
    log,
    services: parts.services,
    keyServices: parts.keyServices,
    personalServices: parts.personalServices,
    bus,
    sessions,
    version: options.version,
    keys: [
      ...(desktop ? [{ key: desktop.doorKey, caller: CONSOLE }] : []),
      ...(config.BACKROOM_ADMIN_KEY === undefined
        ? []
        : [
            {
              key: config.BACKROOM_ADMIN_KEY,
              caller: { kind: 'key', seesPersonal: config.BACKROOM_ADMIN_KEY_SCOPES.includes('personal') } as const,
            },
          ]),
    ],
    tcp: desktop ? null : { consoleDirectory: options.consoleDirectory },
    readiness: parts.readiness,
    metrics,
    register: (door) => {
      for (const area of parts.private) area.registerPrivate(door);
    },
  });
  onClose(() => privateDoor.close());

  const publicPort = config.BACKROOM_PUBLIC_PORT;
  const publicUrl = await listenTcp(publicDoor, {
    port: publicPort ?? 7701,
    configured: publicPort !== undefined,
    name: 'BACKROOM_PUBLIC_PORT',
    log,
  });
  publicAddress.setLocal(publicUrl);
  if (publicAddress.url() === '') publicAddress.set(publicUrl);
  let privateUrl: string | null = null;
  if (desktop) await listenSocket(privateDoor, desktop.socketPath);
  else
    privateUrl = await listenTcp(privateDoor, {
      port: config.BACKROOM_PRIVATE_PORT,
      configured: true,
      name: 'BACKROOM_PRIVATE_PORT',
      log,
    });
  return { privateUrl, sessions, localUrl: publicUrl };
};
