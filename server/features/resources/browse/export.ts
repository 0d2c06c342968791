import { createReadStream, rmSync } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { COLUMNS, columnOf, EXPORT_FORMATS, RESOURCES, type Resource } from '../../../../shared/browse/columns.ts';
import { AppError } from '../../../../shared/errors.ts';
import { ShopDomain } from '../../../../shared/shop-domain.ts';
import { createTableFile } from '../../../platform/db/table-file.ts';
import { assertMaySeePeople, type Caller } from '../../../platform/http/caller.ts';
import type { Ids } from '../../../platform/ids.ts';
import type { ListInput, Page, SelectionInput } from './browser.ts';
import { type ExportRow, exportTable, exportWriter } from './export-format.ts';
import type { ExportJob, ExportJobs } from './export-jobs.ts';

type List = (input: ListInput) => Promise<Page<ExportRow>>;

export interface ExportOptions {
  readonly lists: Readonly<Record<Resource, List>>;
  readonly count: (resource: Resource, selection: SelectionInput, signal: AbortSignal) => Promise<number>;
  readonly jobs: ExportJobs;
  readonly ids: Ids;
  /** SQLite files are written here, sent, and removed; emptied at each start. */
  readonly folder: string;
  readonly noteExport: (noted: PersonalExport) => Promise<void>;
  readonly today: () => string;
}

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

/** Rows a statement. */
const PAGE = 1000;

type Selected = Omit<ListInput, 'cursor' | 'limit'>;
type OnEnd = (rows: number, complete: boolean) => Promise<void>;

/** Page after page, so that no more than one is in memory however many rows there are; ends when the reader goes away or it is cancelled. */
export async function* exportPages(
  list: List,
  input: Selected,
  job: Pick<ExportJob, 'signal' | 'wrote'>,
  onEnd: OnEnd = async () => undefined,
) {
  let rows = 0;
  let complete = false;
  try {
    for (let cursor: string | null = null; ; ) {
      job.signal.throwIfAborted();
      const page: Page<ExportRow> = await list({ ...input, cursor, limit: PAGE });
      rows += page.items.length;
      yield page.items;
      job.wrote(page.items.length);
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    complete = true;
  } finally {
    await onEnd(rows, complete);
  }
}

async function* textOf(
  pages: AsyncIterable<ExportRow[]>,
  head: string,
  line: (row: ExportRow) => string,
  end: () => void,
) {
  try {
    yield head;
    for await (const rows of pages) {
      let text = '';
      for (const row of rows) text += line(row);
      yield text;
    }
  } finally {
    end();
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
/**
 * `GET /api/v1/export`: what a list shows, as a file. Text is streamed while it is read, so that a list of a million rows starts at once. A
 * SQLite file has to be whole before it can be sent: it is written aside and removed when it is sent, or when nobody waits for it any more.
 * An export with people in it is in the evidence before its first byte, and again with its number of rows.
 */
export const registerExportRoute = (app: FastifyInstance, options: ExportOptions): void => {
  app.addHook('onReady', () => rm(options.folder, { recursive: true, force: true }));

  const writeFile = async (
    path: string,
    table: ReturnType<typeof exportTable> & { readonly name: string },
    pages: AsyncIterable<ExportRow[]>,
  ): Promise<number> => {
    await mkdir(options.folder, { recursive: true, mode: 0o700 });
    const file = await createTableFile(path, table.name, table.columns);
    try {
      for await (const rows of pages) await file.add(rows.map(table.cells));
    } finally {
      await file.close();
    }
    return (await stat(path)).size;
  };

  app.get('/api/v1/export', async (request, reply) => {
    const query = readQuery(request.query);
    const { resource, format } = query;
    const known = Object.keys(COLUMNS[resource]);
    const wanted = (query.columns?.split(',') ?? known).filter((column) => known.includes(column));
    const namesPeople = (column: string): boolean => columnOf(resource, column)?.personal === true;
    const people = query.personal === '1' ? wanted.filter(namesPeople) : [];
    const columns = wanted.filter((column) => !namesPeople(column) || people.includes(column));
    if (columns.length === 0)
      throw new AppError('BAD_REQUEST', 'None of the columns is one of this list.', {
        hint: 'Show at least one column, or export with personal data.',
      });
    const selection = { shop: query.shop, search: query.search, filters: query.filters };
    const input = { ...selection, sort: query.sort, order: query.order };
    const list = options.lists[resource];
    // A filter that does not fit must be an answer, not a file that breaks off.
    await list({ ...input, limit: 1 });
    let onEnd: OnEnd = async () => undefined;
    if (people.length > 0) {
      const noted = {
        shop: query.shop ?? null,
        what: resource,
        columns: people,
        by: assertMaySeePeople(request.caller).kind,
        filter: JSON.stringify([query.search ?? '', query.filters ?? '']),
      };
      await options.noteExport({ stage: 'started', ...noted });
      onEnd = (rows, complete) => options.noteExport({ stage: 'ended', ...noted, rows, complete });
    }
    const job = options.jobs.begin(resource, format);
    options.count(resource, selection, job.signal).then(job.counted, (error: unknown) => {
      if (!job.signal.aborted) request.log.warn({ err: error }, 'the rows of an export could not be counted');
    });
    reply.raw.once('close', job.end);
    const pages = exportPages(list, input, job, onEnd);
    reply.headers({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-disposition': `attachment; filename="${resource}-${options.today()}.${format}"`,
    });
    if (format !== 'sqlite') {
      const { contentType, head, line } = exportWriter(resource, columns, format);
      return reply.header('content-type', contentType).send(Readable.from(textOf(pages, head, line, job.end)));
    }
    const path = join(options.folder, `${options.ids.uuid()}.sqlite`);
    try {
      const bytes = await writeFile(path, { name: resource, ...exportTable(resource, columns) }, pages);
      const sent = createReadStream(path, { signal: job.signal }).once('close', () => {
        rmSync(path, { force: true });
        job.end();
      });
      return reply.headers({ 'content-type': 'application/vnd.sqlite3', 'content-length': bytes }).send(sent);
    } catch (error) {
      job.end();
      await rm(path, { force: true });
      throw error;
    }
  });
};
