import { AppError } from '../../../../shared/errors.ts';
import { toMinorUnits } from './money.ts';

/** A JSON object as Shopify sent it; nothing is known of its fields. */
export type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The number at the end of `gid://shopify/Order/123` (a query string may follow); null for anything else. */
export const numberOfGid = (gid: unknown): number | null => {
  if (typeof gid !== 'string') return null;
  const end = gid.indexOf('?');
  const path = end < 0 ? gid : gid.slice(0, end);
  const number = Number(path.slice(path.lastIndexOf('/') + 1));
  return Number.isSafeInteger(number) && number > 0 ? number : null;
};

/** `Order` of `gid://shopify/Order/123`; empty for anything else. */
export const typeOfGid = (gid: unknown): string =>
  typeof gid === 'string' ? (/^gid:\/\/shopify\/(\w+)\//.exec(gid)?.[1] ?? '') : '';

/** UTC with milliseconds, so that times compare as text. Null for what is no time. */
export const normalTime = (value: unknown): string | null => {
  if (typeof value !== 'string') return null;
  // What GraphQL sends, without parsing it: this runs several times for each of a million rows.
  if (value.length === 20 && value.endsWith('Z')) return `${value.slice(0, 19)}.000Z`;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
};

/**
 * Reads fields of an object from outside, one by one. A missing or misshapen field that the row can't do without is an `AppError`
 * `BAD_REQUEST` that names it; it fails the one payload, never the process.
 */
export interface FieldReader {
  readonly json: Json;
  text(key: string): string;
  optional(key: string): string | null;
  time(key: string): string;
  optionalTime(key: string): string | null;
  integer(key: string): number;
  integerOr(key: string, other: number): number;
  flag(key: string): 0 | 1;
  /** A list of texts, or the comma list that webhooks have. */
  texts(key: string): string[];
  objects(key: string): Json[];
  object(key: string): Json | null;
  /** The number of a gid, or a number as webhooks have it. */
  pk(key: string): number;
  optionalPk(key: string): number | null;
  /** Minor units of a decimal string or number. */
  amount(key: string, currency: string | null): number | null;
  /** Minor units of `{ shopMoney: { amount } }`; 0 where there is none. */
  shopMoney(key: string, currency: string | null): number;
}

export const fieldsOf = (value: unknown, what: string): FieldReader => {
  const fail = (key: string, expected: string): never => {
    throw new AppError('BAD_REQUEST', `The payload is not ${what}: ${key} is not ${expected}.`, {
      hint: 'Nothing was changed. The payload is kept and can be looked at.',
    });
  };
  const json = isJson(value) ? value : fail('body', 'an object');
  const optional = (key: string): string | null => {
    const found = json[key];
    return typeof found === 'string' ? found : null;
  };
  const integerOr = (key: string, other: number): number => {
    const found = json[key];
    const number = typeof found === 'string' && found !== '' ? Number(found) : found;
    return typeof number === 'number' && Number.isSafeInteger(number) ? number : other;
  };
  const optionalPk = (key: string): number | null => {
    const found = json[key];
    return typeof found === 'number' && Number.isSafeInteger(found) && found > 0 ? found : numberOfGid(found);
  };
  const object = (key: string): Json | null => {
    const found = json[key];
    return isJson(found) ? found : null;
  };
  const amount = (key: string, currency: string | null): number | null => {
    const found = json[key];
    if (typeof found === 'number') return toMinorUnits(String(found), currency);
    return typeof found === 'string' ? toMinorUnits(found, currency) : null;
  };
  return {
    json,
    optional,
    integerOr,
    optionalPk,
    object,
    amount,
    text: (key) => optional(key) ?? fail(key, 'a text'),
    time: (key) => normalTime(json[key]) ?? fail(key, 'a time'),
    optionalTime: (key) => normalTime(json[key]),
    integer: (key) => {
      const found = integerOr(key, Number.NaN);
      return Number.isNaN(found) ? fail(key, 'a whole number') : found;
    },
    flag: (key) => (json[key] === true ? 1 : 0),
    texts: (key) => {
      const found = json[key];
      const list = Array.isArray(found) ? found : typeof found === 'string' ? found.split(',') : [];
      return list.flatMap((entry) => (typeof entry === 'string' && entry.trim() !== '' ? [entry.trim()] : []));
    },
    objects: (key) => {
      const found = json[key];
      return Array.isArray(found) ? found.filter(isJson) : [];
    },
    pk: (key) => optionalPk(key) ?? fail(key, 'an id'),
    shopMoney: (key, currency) => {
      const bag = json[key];
      if (!isJson(bag)) return 0;
      const money = bag.shopMoney ?? bag.shop_money;
      if (!isJson(money)) return 0;
      return (typeof money.amount === 'string' ? toMinorUnits(money.amount, currency) : null) ?? 0;
    },
  };
};
