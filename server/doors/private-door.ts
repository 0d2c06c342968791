import { createHash, timingSafeEqual } from 'node:crypto';
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import { AppError } from '../../shared/errors.ts';
import { type AppRouter, appRouter } from '../api/root.ts';
import type { Services } from '../api/services.ts';
import type { ApiContext } from '../api/trpc.ts';
import type { EventBus } from '../platform/events/bus.ts';
import { type Caller, CONSOLE } from '../platform/http/caller.ts';
import { registerConsoleFiles } from '../platform/http/console-files.ts';
import { type ConsoleSessions, SESSION_COOKIE, SESSION_TTL_MS } from '../platform/http/console-sessions.ts';
import { cookieOf } from '../platform/http/cookies.ts';
import { createFastify } from '../platform/http/fastify-app.ts';
import { registerLiveStream } from '../platform/http/live-stream.ts';
import type { Log } from '../platform/log/log.ts';
import { registerRestApi } from './rest-api.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const OPEN_PATHS: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/login']);
/** What needs a key or a session; the rest is the console's own files, which hold no data. */
const GUARDED = /^\/(trpc|api|live|metrics)(\/|$)/;
const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

export interface DoorKey {
  readonly key: string;
  readonly caller: Caller;
}

/** `unwritable`: it runs, but nothing can be stored, e.g. on a full disk. */
export type Readiness = 'starting' | 'ready' | 'unwritable';

interface PrivateDoorOptions {
  readonly log: Log;
  /** For the console: people are masked in what these answer, until somebody asks. */
  readonly services: Services;
  /** For a key that may not see people. */
  readonly keyServices: Services;
  /** For a key that may. */
  readonly personalServices: Services;
  readonly bus: EventBus;
  readonly version: string;
  /** Accepted bearer keys: main's per-start key, or `BACKROOM_ADMIN_KEY`. */
  readonly keys: readonly DoorKey[];
  readonly sessions: ConsoleSessions;
  /** Headless: checks the Host header (DNS rebinding) and serves the console. */
  readonly tcp: { readonly consoleDirectory: string | null } | null;
  readonly readiness: () => Readiness;
  readonly metrics: Registry;
  /** Routes beside the API, e.g. files to save; the guard stands before them too. */
  readonly register?: (door: FastifyInstance) => void;
}

const registerGuard = (app: FastifyInstance, options: PrivateDoorOptions): void => {
  const keys = options.keys.map(({ key, caller }) => ({ digested: digest(key), caller }));
  const callerOf = (request: FastifyRequest): Caller | null => {
    const [scheme, key] = (request.headers.authorization ?? '').split(' ', 2);
    if (scheme?.toLowerCase() !== 'bearer' || !key) return null;
    const given = digest(key);
    return keys.find(({ digested }) => timingSafeEqual(digested, given))?.caller ?? null;
  };
  /** A session's cookie is only good for requests that the console itself made. */
  const isSameOrigin = (request: FastifyRequest): boolean => {
    const { origin } = request.headers;
    return origin === undefined ? request.method === 'GET' : origin === `http://${request.headers.host}`;
  };
  app.decorateRequest('caller', null);
  app.addHook('onRequest', async (request) => {
    if (options.tcp && !LOOPBACK_HOST.test(request.headers.host ?? '')) {
      throw new AppError('UNAUTHORIZED', 'This address is not served here.', {
        hint: 'Open the console at 127.0.0.1 or localhost.',
      });
    }
    const path = request.url.split('?', 1)[0] ?? '/';
    // The route that will answer decides, not only the address as written: `/%6detrics` is `/metrics` to the router.
    const guarded = GUARDED.test(path) || GUARDED.test(request.routeOptions.url ?? '');
    if (OPEN_PATHS.has(path) || !guarded) return;
    request.caller = callerOf(request);
    if (request.caller !== null) return;
    const cookie = cookieOf(request, SESSION_COOKIE);
    if (cookie !== undefined && isSameOrigin(request) && (await options.sessions.isValid(cookie))) {
      request.caller = CONSOLE;
      return;
    }
    throw new AppError('UNAUTHORIZED', 'A key or a login is needed.', {
      hint: 'Send “Authorization: Bearer KEY”, or open the login link that the server printed.',
    });
  });
};

const registerLogin = (app: FastifyInstance, sessions: ConsoleSessions): void => {
  app.get<{ Querystring: { token?: string } }>('/login', async (request, reply: FastifyReply) => {
    const session = await sessions.redeem(request.query.token ?? '');
    if (session === null)
      throw new AppError('UNAUTHORIZED', 'This login link was used before or is too old.', {
        hint: 'Restart the server: it prints a new one.',
      });
    return reply
      .header(
        'set-cookie',
        `${SESSION_COOKIE}=${session}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${SESSION_TTL_MS / 1000}`,
      )
      .header('referrer-policy', 'no-referrer')
      .redirect('/', 303);
  });
};

/** tRPC, OpenAPI, live stream, metrics and, headless, the console itself. A unix socket or named pipe on the desktop, loopback TCP headless. */
export const createPrivateDoor = async (options: PrivateDoorOptions): Promise<FastifyInstance> => {
  const app = createFastify({ log: options.log, rawBodies: false, behindProxy: false });
  registerGuard(app, options);
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const status = options.readiness();
    return reply.code(status === 'ready' ? 200 : 503).send({ status });
  });
  app.get('/metrics', async (_request, reply) =>
    reply.header('content-type', options.metrics.contentType).send(await options.metrics.metrics()),
  );
  registerLogin(app, options.sessions);
  registerLiveStream(app, options.bus);
  options.register?.(app);

  const servicesFor = (caller: Caller | null): Services => {
    if (caller?.seesPersonal === true) return options.personalServices;
    return caller?.kind === 'console' ? options.services : options.keyServices;
  };
  const createContext = ({ req }: { req: FastifyRequest }): ApiContext => ({
    services: servicesFor(req.caller),
    requestId: req.id,
  });
  const onError = ({
    error,
    path,
  }: {
    error: Error & { code?: string; cause?: unknown };
    path?: string | undefined;
  }): void => {
    if (error.cause instanceof AppError || error.code !== 'INTERNAL_SERVER_ERROR') return;
    options.log.error({ path, err: error.cause ?? error }, 'procedure failed');
  };
  await app.register(fastifyTRPCPlugin, {
    prefix: '/trpc',
    trpcOptions: {
      router: appRouter,
      createContext,
      onError,
    } satisfies FastifyTRPCPluginOptions<AppRouter>['trpcOptions'],
  });
  await registerRestApi(app, { version: options.version, createContext, onError });
  if (options.tcp?.consoleDirectory != null) await registerConsoleFiles(app, options.tcp.consoleDirectory);
  return app;
};
