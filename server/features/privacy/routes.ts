import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { assertMaySeePeople } from '../../platform/http/caller.ts';
import { htmlReport, jsonReport } from './report.ts';
import type { PrivacyService } from './service.ts';

const NO_STORE = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

/** Files of the private door that are saved, not shown: a person's package, and the evidence for an auditor. */
export const registerPrivacyRoutes = (
  app: FastifyInstance,
  options: { service: PrivacyService; owner: () => string },
): void => {
  const { service } = options;
  app.get<{ Params: { id: string } }>('/api/v1/privacy/requests/:id/package', async (request, reply) => {
    assertMaySeePeople(request.caller);
    const { stream, fileName } = await service.openPackage(request.params.id);
    return reply
      .headers({
        ...NO_STORE,
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="${fileName}"`,
      })
      .send(stream);
  });
  app.get<{ Params: { format: string } }>('/api/v1/privacy/evidence/report.:format', async (request, reply) => {
    const isJson = request.params.format === 'json';
    const check = await service.evidence.check();
    const entries = service.evidence.all();
    const owner = options.owner();
    const report = isJson
      ? jsonReport(check, entries, owner)
      : htmlReport(check, entries, { owner, numberOf: await service.numberOfRequest() });
    return reply
      .headers({
        ...NO_STORE,
        'content-type': isJson ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8',
        'content-disposition': `attachment; filename="privacy-evidence.${isJson ? 'json' : 'html'}"`,
      })
      .send(Readable.from(report));
  });
};
