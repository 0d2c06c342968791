import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { COLUMNS, columnOf, RESOURCES } from '../../../../shared/browse/columns.ts';
import { AppError } from '../../../../shared/errors.ts';
import { ShopDomain } from '../../../../shared/shop-domain.ts';
import type { Caller } from '../../../platform/http/caller.ts';
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
  /** Columns that name people are left out unless whoever exports asks for them. */
  personal: z.enum(['0', '1']).default('0'),
});

/** What the evidence keeps of an export with people in it. `filter` names the selection, and is kept as a digest. */
export interface PersonalExport {
  readonly stage: 'started' | 'ended';
  readonly shop: string | null;
  readonly what: string;
  readonly columns: readonly string[];
  readonly by: Caller['kind'];
  readonly filter: string;
  /** Once it has ended: rows that were handed out, and whether these were all. */
  readonly rows?: number;
  readonly complete?: boolean;
}

const PAGE = 250;

/** Page after page, so that no more than one is in memory however many rows there are; ends when the reader goes away. */
async function* linesOf(
  list: List,
  input: Omit<ListInput, 'cursor' | 'limit'>,
  line: (row: ExportRow) => string,
  head: string,
  onEnd: (rows: number, complete: boolean) => Promise<void>,
) {
  let rows = 0;
  let complete = false;
  try {
    yield head;
    for (let cursor: string | null = null; ; ) {
      const page: Page<ExportRow> = await list({ ...input, cursor, limit: PAGE });
      rows += page.items.length;
      yield page.items.map(line).join('');
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    complete = true;
  } finally {
    await onEnd(rows, complete);
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

/** @throws AppError `NOT_PERMITTED` when the key may not see people. */
const assertMayExportPeople = (caller: Caller | null): Caller => {
  if (caller !== null && (caller.kind === 'console' || caller.seesPersonal)) return caller;
  throw new AppError('NOT_PERMITTED', 'This key may not export personal data.', {
    hint: 'Leave “personal” out, or give the key the scope: BACKROOM_ADMIN_KEY_SCOPES=personal.',
  });
};

/**
 * `GET /api/v1/export`: what a list shows, as a file. Streamed while it is read, so that a list of a million rows starts at once and can be
 * cancelled; nothing of it is kept here, so an erasure has nothing to reach. One with people in it is in the evidence before its first byte,
 * and again with its number of rows.
 */
export const registerExportRoute = (
  app: FastifyInstance,
  options: { lists: ExportLists; noteExport: (noted: PersonalExport) => Promise<void>; today: () => string },
): void => {
  app.get('/api/v1/export', async (request, reply) => {
    const query = readQuery(request.query);
    const known = Object.keys(COLUMNS[query.resource]);
    const wanted = (query.columns?.split(',') ?? known).filter((column) => known.includes(column));
    const namesPeople = (column: string): boolean => columnOf(query.resource, column)?.personal === true;
    const people = query.personal === '1' ? wanted.filter(namesPeople) : [];
    const columns = wanted.filter((column) => !namesPeople(column) || people.includes(column));
    if (columns.length === 0)
      throw new AppError('BAD_REQUEST', 'None of the columns is one of this list.', {
        hint: 'Show at least one column, or export with personal data.',
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
    let onEnd = async (_rows: number, _complete: boolean): Promise<void> => undefined;
    if (people.length > 0) {
      const noted = {
        shop: query.shop ?? null,
        what: query.resource,
        columns: people,
        by: assertMayExportPeople(request.caller).kind,
        filter: JSON.stringify([query.search ?? '', query.filters ?? '']),
      };
      await options.noteExport({ stage: 'started', ...noted });
      onEnd = (rows, complete) => options.noteExport({ stage: 'ended', ...noted, rows, complete });
    }
    return reply
      .headers({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'content-type': contentType,
        'content-disposition': `attachment; filename="${query.resource}-${options.today()}.${query.format}"`,
      })
      .send(Readable.from(linesOf(list, input, line, head, onEnd)));
  });
};
