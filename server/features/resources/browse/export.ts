import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { COLUMNS, RESOURCES } from '../../../../shared/browse/columns.ts';
import { AppError } from '../../../../shared/errors.ts';
import { ShopDomain } from '../../../../shared/shop-domain.ts';
import type { ListInput, Page } from './browser.ts';
import { EXPORT_FORMATS, type ExportRow, exportWriter } from './export-format.ts';

type List = (input: ListInput) => Promise<Page<ExportRow>>;
export type ExportLists = Readonly<Record<(typeof RESOURCES)[number], List>>;

const Query = z.object({
  resource: z.enum(RESOURCES),
  format: z.enum(EXPORT_FORMATS).default('csv'),
  /** Comma list, in the order in which they are to stand. */
  columns: z.string().max(1000).optional(),
  shop: ShopDomain.optional(),
  search: z.string().max(200).optional(),
  filters: z.string().max(4000).optional(),
  sort: z.string().max(50).optional(),
  order: z.enum(['asc', 'desc']).default('desc'),
});

const PAGE = 250;

/** Page after page, so that no more than one is in memory however many rows there are; ends when the reader goes away. */
async function* linesOf(
  list: List,
  input: Omit<ListInput, 'cursor' | 'limit'>,
  line: (row: ExportRow) => string,
  head: string,
) {
  yield head;
  for (let cursor: string | null = null; ; ) {
    const page: Page<ExportRow> = await list({ ...input, cursor, limit: PAGE });
    yield page.items.map(line).join('');
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}

const readQuery = (query: unknown): z.output<typeof Query> => {
  const parsed = Query.safeParse(query);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError('BAD_REQUEST', `${issue?.path.join('.') ?? 'The request'}: ${issue?.message ?? 'is not valid'}.`, {
    hint: 'Start the export again from the list.',
  });
};

/**
 * `GET /api/v1/export`: what a list shows, as a file. Streamed while it is read, so that a list of a million rows starts at once and can be
 * cancelled; nothing of it is kept here, so an erasure has nothing to reach.
 */
export const registerExportRoute = (
  app: FastifyInstance,
  options: { lists: ExportLists; today: () => string },
): void => {
  app.get('/api/v1/export', async (request, reply) => {
    const query = readQuery(request.query);
    const known = Object.keys(COLUMNS[query.resource]);
    const columns = (query.columns?.split(',') ?? known).filter((column) => known.includes(column));
    if (columns.length === 0)
      throw new AppError('BAD_REQUEST', 'None of the columns is one of this list.', {
        hint: 'Show at least one column.',
      });
    const { contentType, head, line } = exportWriter(query.resource, columns, query.format);
    const input = {
      shop: query.shop,
      search: query.search,
      filters: query.filters,
      sort: query.sort,
      order: query.order,
    };
    const list = options.lists[query.resource];
    // A filter that does not fit must be an answer, not a file that breaks off.
    await list({ ...input, limit: 1 });
    return reply
      .headers({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'content-type': contentType,
        'content-disposition': `attachment; filename="${query.resource}-${options.today()}.${query.format}"`,
      })
      .send(Readable.from(linesOf(list, input, line, head)));
  });
};
