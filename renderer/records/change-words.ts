import type { Resource } from '../../shared/browse/columns.ts';
import { trackedField } from '../../shared/browse/tracked.ts';
import { formatCount, formatMoney } from '../lib/format.ts';
import { formatSecond } from '../lib/time.ts';
import { choiceWord } from './filter-words.ts';

interface FieldChange {
  /** The column's name in the database. */
  readonly name: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

const NONE = '–';

/** Lists are stored as JSON. */
const listWords = (value: unknown): string => {
  const list: unknown = typeof value === 'string' && value.startsWith('[') ? JSON.parse(value) : value;
  if (!Array.isArray(list)) return String(list);
  return list.length === 0 ? NONE : list.join(', ');
};

/** A change as a person would say it. Amounts are in minor units of `currency`. */
export const changeWords = (
  resource: Resource,
  { name, before, after }: FieldChange,
  currency: string | null,
): { readonly label: string; readonly before: string; readonly after: string } => {
  const field = trackedField(resource, name);
  const words = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return NONE;
    if (field?.type === 'list') return listWords(value);
    if (field?.type === 'flag') return value === true || value === 1 ? 'yes' : 'no';
    if (field?.type === 'money' && typeof value === 'number') return formatMoney(value, currency);
    if (field?.type === 'number' && typeof value === 'number') return formatCount(value);
    if (field?.type === 'date' && typeof value === 'string') return formatSecond(value);
    return typeof value === 'object' ? JSON.stringify(value) : choiceWord(String(value));
  };
  return { label: field?.label ?? name, before: words(before), after: words(after) };
};
