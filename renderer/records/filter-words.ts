import { type ColumnSpec, columnOf, type Resource } from '../../shared/browse/columns.ts';
import type { Filter, Operator } from '../../shared/browse/filters.ts';
import { formatCount } from '../lib/format.ts';

const WORDS: Readonly<Record<Operator, string>> = {
  contains: 'contains',
  is: 'is',
  not: 'is not',
  empty: 'is empty',
  filled: 'is not empty',
  gte: 'at least',
  lte: 'at most',
  between: 'between',
  since: 'since',
  before: 'before',
  last: 'in the last',
  has: 'has',
  hasNot: 'has not',
};

export const operatorWord = (operator: Operator): string => WORDS[operator];

/** `PARTIALLY_REFUNDED` → `Partially refunded`. */
export const choiceWord = (value: string): string => {
  if (!/^[A-Z_]+$/.test(value) || value.length <= 3) return value;
  const words = value.toLowerCase().replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
};

const valueWord = (spec: ColumnSpec, operator: Operator, value: string, digits: number): string => {
  if (operator === 'last') return `${value} days`;
  if (spec.type === 'money') return (Number(value) / 10 ** digits).toFixed(digits);
  if (spec.type === 'number') return formatCount(Number(value));
  if (spec.type === 'flag') return value === 'true' ? 'yes' : 'no';
  return spec.type === 'choice' ? choiceWord(value) : value;
};

/** A filter as a person would say it: `Payment is Paid or Pending`. `digits` are the decimals of the store's currency. */
export const filterWords = (resource: Resource, { column, operator, values }: Filter, digits = 2): string => {
  const spec = columnOf(resource, column);
  if (spec === undefined) return column;
  if (spec.type === 'date' && operator === 'between' && values[0] === values[1]) return `${spec.label} on ${values[0]}`;
  const words = values.map((value) => valueWord(spec, operator, value, digits));
  const joined = operator === 'between' ? words.join(' and ') : words.join(' or ');
  return [spec.label, operatorWord(operator), joined].filter((part) => part !== '').join(' ');
};
