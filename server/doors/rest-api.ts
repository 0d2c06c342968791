import type { FastifyInstance, FastifyRequest } from 'fastify';
import { fastifyTRPCOpenApiPlugin, generateOpenApiDocument } from 'trpc-to-openapi';
import { ERROR_STATUS, type ErrorBody } from '../../shared/errors.ts';
import { appRouter } from '../api/root.ts';
import type { ApiContext } from '../api/trpc.ts';

const BASE = '/api/v1';
const SEE_DOCUMENT = 'What each call takes stands in /api/openapi.json.';

/** What tRPC's error formatter made, wherever the library put it. */
const errorOf = (payload: string): ErrorBody | null => {
  const body = JSON.parse(payload) as { data?: { app?: ErrorBody } };
  return body.data?.app ?? null;
};

type Document = ReturnType<typeof generateOpenApiDocument>;
type ErrorSchema = NonNullable<NonNullable<Document['components']>['schemas']>[string];

const ERROR_SCHEMA: ErrorSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: { type: 'string', enum: Object.keys(ERROR_STATUS), description: 'Fixes the HTTP status.' },
        message: { type: 'string', description: 'What went wrong, in words for a person.' },
        hint: { type: 'string', description: 'What to do about it.' },
      },
    },
  },
};

interface Operation {
  responses: Record<string, { description?: string; content?: unknown }>;
}

/** The library documents an error shape of its own; every failed request here answers the house's. */
const withErrors = (document: Document): Document => {
  const schemas = Object.fromEntries(
    Object.entries(document.components?.schemas ?? {}).filter(([name]) => !name.startsWith('error.')),
  );
  for (const path of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(path as Record<string, Operation>)) {
      for (const [status, response] of Object.entries(operation.responses)) {
        if (Number(status) < 400) continue;
        response.content = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };
      }
    }
  }
  return { ...document, components: { ...document.components, schemas: { ...schemas, Error: ERROR_SCHEMA } } };
};

/** `/api/v1/*` and its description. Errors have the shape, the codes and the statuses that every other address here has. */
export const registerRestApi = async (
  app: FastifyInstance,
  options: {
    version: string;
    createContext: (options: { req: FastifyRequest }) => ApiContext;
    onError: (failure: { error: Error & { code?: string; cause?: unknown }; path?: string | undefined }) => void;
  },
): Promise<void> => {
  let document: Document | null = null;
  app.get('/api/openapi.json', async () => {
    document ??= withErrors(
      generateOpenApiDocument(appRouter, { title: 'Backroom', version: options.version, baseUrl: BASE }),
    );
    return document;
  });
  await app.register(async (scope) => {
    scope.addHook('onSend', async (request, reply, payload) => {
      if (reply.statusCode < 400 || typeof payload !== 'string') return payload;
      const error = errorOf(payload);
      if (error === null) return payload;
      reply.code(ERROR_STATUS[error.code]).header('x-request-id', request.id);
      const hint = error.hint ?? (error.code === 'BAD_REQUEST' ? SEE_DOCUMENT : undefined);
      return JSON.stringify({ error: { ...error, ...(hint === undefined ? {} : { hint }) } });
    });
    const { createContext, onError } = options;
    await scope.register(fastifyTRPCOpenApiPlugin, {
      basePath: BASE,
      router: appRouter,
      createContext,
      onError,
    } as never);
  });
};
