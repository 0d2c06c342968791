import { createReadStream } from 'node:fs';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { BulkService } from '../bulk/types.ts';
import { applyHttpFault } from './admin-api.ts';
import type { FaultPlan } from './faults.ts';

/** The storage's answer in XML, since that is where Shopify keeps these files. */
const refuse = (reply: FastifyReply, status: number, code: string, message: string): FastifyReply =>
  reply
    .code(status)
    .type('application/xml; charset=UTF-8')
    .send(`<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code><Message>${message}</Message></Error>`);

/** `bytes=from-` and `bytes=from-to`; null for anything else, which is answered whole, as HTTP allows. */
const readRange = (header: string | undefined, size: number): { from: number; to: number } | 'outside' | null => {
  const match = /^bytes=(\d+)-(\d*)$/.exec(header ?? '');
  if (!match) return null;
  const from = Number(match[1]);
  const to = match[2] ? Math.min(size - 1, Number(match[2])) : size - 1;
  return from >= size || to < from ? 'outside' : { from, to };
};

/** `GET /bulk/…`: result files of bulk operations, whole or in part. Knowing the address is enough, as with a signed storage URL. */
export const registerBulkFiles = (
  server: FastifyInstance,
  parts: { readonly bulk: BulkService; readonly faults: FaultPlan; readonly delay: (ms: number) => Promise<void> },
): void => {
  server.get<{ Params: { id: string; secret: string; name: string } }>(
    '/bulk/:id/:secret/:name',
    async (request, reply) => {
      const fault = parts.faults.take(request.url);
      if (await applyHttpFault(fault, request, reply, parts.delay)) return reply;
      const operation = parts.bulk.byFile(Number(request.params.id), request.params.secret);
      if (!operation || fault?.kind === 'expired')
        return refuse(reply, 403, 'AccessDenied', 'Request has expired or is not signed for this file.');
      const range = readRange(request.headers.range, operation.fileSize);
      if (range === 'outside')
        return refuse(
          reply.header('Content-Range', `bytes */${operation.fileSize}`),
          416,
          'InvalidRange',
          'The requested range cannot be satisfied.',
        );
      const { from, to } = range ?? { from: 0, to: operation.fileSize - 1 };
      const file = createReadStream(operation.file, { start: from, end: to, highWaterMark: 256 * 1024 });
      void reply
        .code(range ? 206 : 200)
        .header('Accept-Ranges', 'bytes')
        .header('Content-Length', to - from + 1)
        .header('ETag', `"${operation.id}"`)
        .type('application/jsonl');
      if (range) void reply.header('Content-Range', `bytes ${from}-${to}/${operation.fileSize}`);
      if (fault?.kind !== 'cut') return reply.send(file);
      let left = fault.after;
      reply.hijack();
      reply.raw.writeHead(reply.statusCode, reply.getHeaders() as Record<string, string>);
      for await (const part of file) {
        const piece = (part as Buffer).subarray(0, left);
        left -= piece.length;
        await new Promise((resolve) => reply.raw.write(piece, resolve));
        if (left > 0) continue;
        request.raw.socket.destroy();
        return reply;
      }
      reply.raw.end();
      return reply;
    },
  );
};
