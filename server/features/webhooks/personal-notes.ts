import type { SqlValue } from '../../platform/db/database.ts';
import { candidateCondition } from '../../platform/payload-table.ts';
import type {
  DeclaredTable,
  ErasedRows,
  FoundRecord,
  HolderContext,
  Mention,
  Person,
} from '../../platform/personal-data.ts';
import { ERASED, mentionsIn, textIsOf } from '../../platform/personal-payload.ts';

/** A table with one line of text about a delivery; the store is the delivery's. */
interface NoteTable {
  readonly table: 'webhook_attempts' | 'webhook_bookmarks';
  readonly text: 'message' | 'name';
  readonly key: readonly string[];
  readonly why: string;
}
const NOTES: readonly NoteTable[] = [
  {
    table: 'webhook_attempts',
    text: 'message',
    key: ['seq', 'number'],
    why: 'When a delivery was tried and why it failed. A message can name a customer.',
  },
  {
    table: 'webhook_bookmarks',
    text: 'name',
    key: ['seq'],
    why: 'Names the operator gave to deliveries, which can be a customer’s.',
  },
];

/** Rows that go in one transaction. */
const STEP = 500;

type Row = Record<string, SqlValue>;

/** Notes that name the person, and those about deliveries of them or of their orders: an operator may call a person by another name. */
const ofPerson = (note: NoteTable, person: Person): { sql: string; params: SqlValue[] } => {
  const resources = [
    ...person.customerIds.map((id) => `customers/${id}`),
    ...person.orderIds.map((id) => `orders/${id}`),
  ];
  const named = candidateCondition([`n.${note.text}`], person);
  return {
    sql: `d.shop = ? AND n.${note.text} IS NOT NULL AND n.${note.text} <> ? AND (d.resource IN (SELECT value FROM json_each(?)) ${named ? `OR ${named.sql}` : ''})`,
    params: [person.shop, ERASED, JSON.stringify(resources), ...(named?.params ?? [])],
  };
};

const rowsOf = async (note: NoteTable, person: Person, { db }: HolderContext): Promise<Row[]> => {
  const where = ofPerson(note, person);
  const rows = await db.read<Row>(
    `SELECT n.*, d.resource, d.topic FROM ${note.table} AS n JOIN webhook_deliveries AS d ON d.seq = n.seq WHERE ${where.sql}`,
    where.params,
  );
  return rows.filter(
    (row) =>
      [...person.customerIds, ...person.orderIds].some((id) => String(row.resource ?? '').endsWith(`/${id}`)) ||
      textIsOf(String(row[note.text]), person),
  );
};

const eraseNotes = async (note: NoteTable, person: Person, context: HolderContext): Promise<ErasedRows> => {
  const rows = await rowsOf(note, person, context);
  for (let at = 0; at < rows.length; at += STEP) {
    context.signal.throwIfAborted();
    const keys = rows.slice(at, at + STEP).map((row) => note.key.map((column) => row[column] ?? null));
    const match = note.key.map((column, index) => `${column} = gone.value->>${index}`).join(' AND ');
    await context.db.writeStatements((connection) =>
      connection.run(
        `UPDATE ${note.table} SET ${note.text} = ? FROM json_each(?) AS gone WHERE ${match}`,
        ERASED,
        JSON.stringify(keys),
      ),
    );
  }
  return { table: note.table, rows: rows.length, how: 'anonymised' };
};

/** To be called before the store's deliveries go: afterwards nothing says whose these rows were. */
const eraseShopNotes = async ({ table }: NoteTable, shop: string, context: HolderContext): Promise<ErasedRows> => {
  let rows = 0;
  for (;;) {
    context.signal.throwIfAborted();
    const gone = await context.db.writeStatements((connection) =>
      connection.run(
        `DELETE FROM ${table} WHERE seq IN (SELECT DISTINCT n.seq FROM ${table} AS n JOIN webhook_deliveries AS d ON d.seq = n.seq WHERE d.shop = ? LIMIT ${STEP})`,
        shop,
      ),
    );
    if (gone === 0) return { table, rows, how: 'deleted' };
    rows += gone;
  }
};

/** What was noted about deliveries: the messages of attempts and the names of bookmarks. */
export const personalNotes = {
  declarations: NOTES.map(({ table, why }): DeclaredTable => ({ table, holds: 'personal', why })),
  find: async function* (person: Person, context: HolderContext): AsyncIterable<FoundRecord> {
    for (const note of NOTES)
      for (const { resource: _resource, ...data } of await rowsOf(note, person, context))
        yield { table: note.table, id: note.key.map((column) => String(data[column])).join('/'), data };
  },
  erase: async (person: Person, context: HolderContext): Promise<ErasedRows[]> => {
    const erased: ErasedRows[] = [];
    for (const note of NOTES) erased.push(await eraseNotes(note, person, context));
    return erased;
  },
  eraseShop: async (shop: string, context: HolderContext): Promise<ErasedRows[]> => {
    const erased: ErasedRows[] = [];
    for (const note of NOTES) erased.push(await eraseShopNotes(note, shop, context));
    return erased;
  },
  mentions: async function* ({ db }: HolderContext): AsyncIterable<Mention> {
    for (const { table, text } of NOTES)
      for (const row of await db.read<{ shop: string; text: string }>(
        `SELECT d.shop, n.${text} AS text FROM ${table} AS n JOIN webhook_deliveries AS d ON d.seq = n.seq WHERE n.${text} IS NOT NULL AND d.shop IS NOT NULL`,
      ))
        yield { shop: row.shop, ...mentionsIn(row.text) };
  },
};
