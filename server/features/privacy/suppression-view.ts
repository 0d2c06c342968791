import type { z } from 'zod';
import type {
  SuppressedKind,
  SuppressionCheck,
  SuppressionCheckInput,
  SuppressionListInput,
  SuppressionPage,
  SuppressionRow,
} from '../../../shared/api/privacy.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Database, SqlValue } from '../../platform/db/database.ts';
import { digitsOf, idDigits, normalEmail } from '../../platform/personal-payload.ts';
import type { Digest } from './suppressions.ts';

interface Stored {
  readonly digest: string;
  readonly kind: SuppressedKind;
  readonly erasedAt: string;
  readonly requestId: string | null;
  readonly number: number | null;
  readonly shop: string | null;
}

const SELECT = `SELECT s.digest, s.kind, s.erased_at AS erasedAt, r.id AS requestId, r.number, r.shop
FROM privacy_suppressions AS s LEFT JOIN privacy_requests AS r ON r.id = s.request_id`;
const NEWEST = 'ORDER BY s.erased_at DESC, s.digest DESC LIMIT ?';

const toRow = ({ digest, kind, erasedAt, requestId, number, shop }: Stored): SuppressionRow => ({
  digest,
  kind,
  erasedAt,
  request: requestId === null || number === null || shop === null ? null : { id: requestId, number, shop },
});

/** An identifier in the one spelling that is digested. @throws AppError `BAD_REQUEST` when it is none of its kind */
const normalised = ({ kind, value }: Pick<SuppressionCheckInput, 'kind' | 'value'>): string => {
  const refuse = (message: string, hint: string): never => {
    throw new AppError('BAD_REQUEST', message, { hint });
  };
  switch (kind) {
    case 'email':
      return /^[^\s@]+@[^\s@]+$/.test(value)
        ? normalEmail(value)
        : refuse('This is no e-mail address.', 'Give the whole address, e.g. name@example.com.');
    case 'phone':
      return digitsOf(value) || refuse('The phone number holds no digits.', 'Give it with its country code.');
    case 'customer':
      return (
        idDigits(value) ||
        refuse('The customer id holds no digits.', 'Copy the number at the end of the customer’s address in Shopify.')
      );
  }
};

/** What an operator can see of the suppression list: it names nobody, and asking it leaves nothing behind. */
export interface SuppressionView {
  /** Newest first. @throws AppError `BAD_REQUEST` for a foreign cursor */
  list(input: z.output<typeof SuppressionListInput>): Promise<z.output<typeof SuppressionPage>>;
  /** Whether an identifier is on the list. Nothing of the question is stored. @throws AppError `BAD_REQUEST` */
  check(input: SuppressionCheckInput): Promise<z.output<typeof SuppressionCheck>>;
}

export const createSuppressionView = ({
  db,
  digest,
}: {
  db: Pick<Database, 'read'>;
  digest: Digest;
}): SuppressionView => ({
  list: async ({ cursor, limit }) => {
    const [at, last] = cursor?.split('|', 2) ?? [];
    if (cursor && !(at && last))
      throw new AppError('BAD_REQUEST', 'The page mark is not one of ours.', {
        hint: 'Load the list again from the top.',
      });
    const after: SqlValue[] = at && last ? [at, last] : [];
    const rows = await db.read<Stored>(
      `${SELECT} WHERE s.kind <> 'shop' ${after.length > 0 ? 'AND (s.erased_at, s.digest) < (?, ?)' : ''} ${NEWEST}`,
      [...after, limit + 1],
    );
    const items = rows.slice(0, limit).map(toRow);
    const end = items.at(-1);
    return { items, nextCursor: rows.length > limit && end ? `${end.erasedAt}|${end.digest}` : null };
  },
  check: async ({ shop, kind, value }) => {
    const [row] = await db.read<Stored>(`${SELECT} WHERE s.digest = ? AND s.kind = ?`, [
      digest(shop, kind, normalised({ kind, value })),
      kind,
    ]);
    return { entry: row ? toRow(row) : null };
  },
});
