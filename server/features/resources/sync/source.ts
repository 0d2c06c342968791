import { AppError } from '../../../../shared/errors.ts';
import type { CallOptions, ShopifyClient } from '../../../shopify/client.ts';
import type { Json } from '../records/fields.ts';
import type { ChildRow, ChildTable, RecordTable, WriteResult, WriteStamp } from '../records/record-table.ts';
import type { Statements } from '../records/statements.ts';

/** Resources that are fetched by themselves; transactions come with their orders. */
export type SyncedResource = 'products' | 'orders' | 'customers';
export const SYNCED_RESOURCES: readonly SyncedResource[] = ['products', 'customers', 'orders'];

/** Something that Shopify does not give, in words for the console. */
export interface Gap {
  readonly kind: 'scope' | 'field' | 'window';
  /** A scope or a field's path. */
  readonly subject: string;
  readonly message: string;
  readonly hint: string;
}

export interface CallContext {
  readonly client: ShopifyClient;
  readonly currency: string | null;
  readonly signal: AbortSignal;
  /** `background` when absent; `interactive` when a person waits. */
  readonly priority?: CallOptions['priority'];
  /** A node as it may be stored; null: of somebody who was erased. */
  screen(node: Json): Json | null;
}

/** What each call of a source is made with. */
export const callOf = ({ signal, priority }: CallContext): CallOptions => ({
  signal,
  ...(priority ? { priority } : {}),
});

/** One page, mapped. */
export interface SourcePage<Item> {
  readonly items: readonly Item[];
  readonly endCursor: string | null;
  /** Rows that Shopify sent, those of erased people included. */
  readonly seen: number;
  /** Fields that Shopify refused to this app; the rest came. */
  readonly denied: readonly DeniedField[];
}

/** A field of an answer, by its path in it. */
export interface DeniedField {
  readonly path: string;
  readonly message: string;
}

/** A parsed line of a bulk file with the text it came as. */
export interface SourceLine {
  readonly value: Json;
  readonly text: string;
}

/** What the sync engine needs to know of one resource at Shopify. */
export interface SyncSource<Item> {
  readonly resource: SyncedResource;
  readonly table: RecordTable;
  /** The name of the root connection, for putting a filter into bulk queries. */
  readonly connection: string;
  readonly scope: string;
  /** Up to so many rows come by pages: what the API budget gives at once. A bulk operation costs next to nothing, but takes a second or more. */
  readonly pagedRows: number;
  readonly bulkQuery: string;
  readonly idsBulkQuery: string;
  /** Exact; null where Shopify does not say. */
  count(context: CallContext, query: string | null): Promise<number | null>;
  /** @param options `first`: fewer rows than a page usually has */
  page(
    context: CallContext,
    options: { query: string | null; after: string | null; first?: number },
  ): Promise<SourcePage<Item>>;
  idsPage(context: CallContext, after: string | null): Promise<{ pks: number[]; endCursor: string | null }>;
  /** Null: Shopify has no such row. @throws AppError when it does not say */
  one(context: CallContext, pk: number): Promise<Item | null>;
  /** A search for what changed since, generous where Shopify's filter is coarse. */
  changedSince(iso: string): string;
  /** A root line whose children come by themselves. */
  parent(line: SourceLine, currency: string | null): Item;
  /** A line with `__parentId`; null for what is not kept. */
  child(
    line: SourceLine,
    parentPk: number,
    currency: string | null,
  ): { readonly table: ChildTable; readonly row: ChildRow } | null;
  /** A root line with all its children. */
  whole(line: SourceLine, children: readonly SourceLine[], currency: string | null): Item;
  write(statements: Statements, items: readonly Item[], stamp: WriteStamp): Promise<WriteResult>;
}

/** Puts a search into a bulk query, which takes no variables. The search is our own text: ids and times only. */
export const withFilter = (text: string, connection: string, query: string | null): string =>
  query === null
    ? text
    : text.replace(new RegExp(`(\\b${connection}\\b)(\\s*\\{)`), `$1(query: ${JSON.stringify(query)})$2`);

export const deniedGap = (denied: DeniedField): Gap => ({
  kind: 'field',
  subject: denied.path.replace(/\.\d+\./g, '.').replace(/\bnodes\./g, ''),
  message: 'Shopify does not give this app this field: it belongs to protected customer data.',
  hint: 'Request access to protected customer data in the app’s API access settings, then sync again.',
});

/** A row that is withheld is not a row that is gone. @throws AppError when it was refused */
export const assertShown = (row: unknown, denied: readonly { readonly message: string }[]): void => {
  if (row || denied.length === 0) return;
  throw new AppError('SHOPIFY_ERROR', `Shopify refused access: ${denied[0]?.message ?? ''}`, {
    hint: 'Grant the missing scope in the app’s configuration, then reconnect the store.',
  });
};

export const uniqueGaps = (gaps: readonly Gap[]): Gap[] => [
  ...new Map(gaps.map((gap) => [`${gap.kind} ${gap.subject}`, gap])).values(),
];
