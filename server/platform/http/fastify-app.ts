import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import { storageCodeOf, storageError } from '../db/storage-errors.ts';
import type { Log } from '../log/log.ts';

const FASTIFY_CODES: Readonly<Record<string, { code: ErrorCode; message: string; hint: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: 'BODY_TOO_LARGE',
    message: 'The body is too large.',
    hint: 'Send less in one request.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'BAD_REQUEST',
    message: 'The body does not have the announced length.',
    hint: 'Send it again.',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: 'INVALID_JSON', message: 'The body is empty.', hint: 'Send a JSON body.' },
  FST_ERR_CTP_INVALID_JSON_BODY: { code: 'INVALID_JSON', message: 'The body is not JSON.', hint: 'Send a JSON body.' },
};

/** Whatever was thrown, as one of the closed set; the unknown is logged here, once, with its request id. */
const toAppError = (error: FastifyError | Error, request: FastifyRequest, log: Log): AppError => {
  if (error instanceof AppError) return error;
  const known = FASTIFY_CODES[(error as FastifyError).code ?? ''];
  if (known) return new AppError(known.code, known.message, { hint: known.hint, cause: error });
  const status = (error as FastifyError).statusCode ?? 500;
  if (status >= 400 && status < 500)
    return new AppError('BAD_REQUEST', 'The request is not valid.', { hint: error.message, cause: error });
  const storageCode = storageCodeOf(error);
  // Logged once, when it began (`storage-health.ts`): a line for each request would go to the same full disk.
  if (storageCode !== null) return storageError(storageCode, error);
  log.error(
    { requestId: request.id, method: request.method, url: request.url.split('?', 1)[0], err: error },
    'request failed',
  );
  return new AppError('INTERNAL', 'Something went wrong inside Backroom.', {
    hint: `See the log for request ${request.id}.`,
    cause: error,
  });
};

/** How long answers that are under way may take once the door closes. */
const DRAIN_MS = 3000;
const LOOK_MS = 20;

/**
 * Closing lets requests that came before end: their senders get an answer, and need not send again what was stored. A connection that has
 * nothing under way any more is closed; by itself Node would keep it until its keep-alive time is over.
 */
const drainOnClose = (app: FastifyInstance): void => {
  let timers: NodeJS.Timeout[] = [];
  app.addHook('preClose', async () => {
    timers = [
      setInterval(() => app.server.closeIdleConnections(), LOOK_MS),
      setTimeout(() => app.server.closeAllConnections(), DRAIN_MS),
    ];
  });
  app.addHook('onClose', async () => {
    for (const timer of timers) clearTimeout(timer);
  });
};

/** A Fastify instance with the house's error shape. Bodies arrive as raw bytes: signatures are over bytes, and parsing is the route's choice. */
export const createFastify = (options: {
  log: Log;
  rawBodies: boolean;
  /** Takes the sender's address from `X-Forwarded-For` where a program on this computer (a tunnel, a proxy) hands the request on. */
  behindProxy: boolean;
}): FastifyInstance => {
  // One random part an instance and a number: unique in the logs, and free of charge for each request.
  const instance = randomUUID().slice(0, 8);
  let requests = 0;
  const nextRequestId = (): string => {
    requests += 1;
    return `${instance}-${requests}`;
  };
  const app = Fastify({
    logger: false,
    // Of the header only what the last hop added: what a sender wrote there stands left of it.
    trustProxy: options.behindProxy ? 'loopback' : false,
    genReqId: nextRequestId,
    routerOptions: { maxParamLength: 5000, ignoreTrailingSlash: false },
    forceCloseConnections: 'idle',
    requestTimeout: 30_000,
    // Shopify counts a connection against its deadline; kept ones are cheaper.
    keepAliveTimeout: 72_000,
    return503OnClosing: false,
  });
  drainOnClose(app);
  if (options.rawBodies) {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  }
  app.setErrorHandler((error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const known = toAppError(error, request, options.log);
    // A body that was cut off at the limit is still arriving: the connection can't be used again.
    if (known.code === 'BODY_TOO_LARGE') reply.header('connection', 'close');
    return reply.code(known.status).header('x-request-id', request.id).send({ error: known.toBody() });
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ error: new AppError('NOT_FOUND', 'There is nothing at this address.').toBody() }),
  );
  return app;
};
