import { type ColumnType, columnOf, type Resource } from './columns.ts';

/**
 * Filters as one line of text, the same in the console's address, in a saved view and in the API:
 * `financialStatus.is.PAID,PENDING;total.gte.5000;processedAt.between.2026-01-01,2026-02-01`. Values are percent-encoded.
 * Money is in minor units, dates are UTC days (`2026-01-31`) or ISO times, `between` includes both ends.
 */
export const OPERATORS = {
  text: ['contains', 'is', 'not', 'empty', 'filled'],
  number: ['is', 'gte', 'lte', 'between'],
  money: ['gte', 'lte', 'between', 'empty', 'filled'],
  date: ['since', 'before', 'between', 'last', 'empty', 'filled'],
  choice: ['is', 'not', 'empty', 'filled'],
  list: ['has', 'hasNot', 'empty', 'filled'],
  flag: ['is'],
  reference: ['is'],
} as const satisfies Record<ColumnType, readonly string[]>;

export type Operator = (typeof OPERATORS)[ColumnType][number];

export interface Filter {
  readonly column: string;
  readonly operator: Operator;
  readonly values: readonly string[];
}

const MAX_FILTERS = 20;
const MAX_VALUES = 50;
const NO_VALUES: ReadonlySet<string> = new Set(['empty', 'filled']);
const DAY = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z)?$/;
const INTEGER = /^-?\d{1,15}$/;

const fitsType = (type: ColumnType, operator: Operator, value: string): boolean => {
  if (operator === 'last') return /^[1-9]\d{0,3}$/.test(value);
  if (type === 'number' || type === 'money' || type === 'reference') return INTEGER.test(value);
  if (type === 'date') return DAY.test(value) && !Number.isNaN(Date.parse(value));
  if (type === 'flag') return value === 'true' || value === 'false';
  return value !== '' && value.length <= 200;
};

const valuesWanted = (operator: Operator): readonly [number, number] => {
  if (NO_VALUES.has(operator)) return [0, 0];
  if (operator === 'between') return [2, 2];
  return operator === 'is' || operator === 'not' || operator === 'has' || operator === 'hasNot'
    ? [1, MAX_VALUES]
    : [1, 1];
};

/** What is wrong with a filter, as a sentence, or null. */
export const filterProblem = (resource: Resource, filter: Filter): string | null => {
  const spec = columnOf(resource, filter.column);
  if (spec === undefined) return `There is no column “${filter.column}” to filter by.`;
  if (!(OPERATORS[spec.type] as readonly string[]).includes(filter.operator))
    return `${spec.label} can't be filtered by “${filter.operator}”.`;
  const [least, most] = valuesWanted(filter.operator);
  if (filter.values.length < least || filter.values.length > most)
    return `“${spec.label} ${filter.operator}” takes ${least === most ? least : `${least} to ${most}`} values.`;
  const wrong = filter.values.find((value) => !fitsType(spec.type, filter.operator, value));
  return wrong === undefined ? null : `“${wrong}” is not a value of ${spec.label}.`;
};

const decode = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
};

/** Reads a line of filters; `problem` names the first thing wrong with it. */
export const parseFilters = (
  resource: Resource,
  text: string,
): { readonly filters: readonly Filter[]; readonly problem: string | null } => {
  const filters: Filter[] = [];
  const parts = text.split(';').filter((part) => part !== '');
  if (parts.length > MAX_FILTERS) return { filters, problem: `At most ${MAX_FILTERS} filters work together.` };
  for (const part of parts) {
    const [column = '', operator = '', ...rest] = part.split('.');
    const line = rest.join('.');
    const values = line === '' ? [] : line.split(',').map(decode);
    if (values.includes(null)) return { filters, problem: `The filter “${part}” is not encoded right.` };
    const filter = { column, operator: operator as Operator, values: values.filter((value) => value !== null) };
    const problem = filterProblem(resource, filter);
    if (problem !== null) return { filters, problem };
    filters.push(filter);
  }
  return { filters, problem: null };
};

export const formatFilters = (filters: readonly Filter[]): string =>
  filters
    .map(({ column, operator, values }) => {
      const encoded = values.map((value) => encodeURIComponent(value).replaceAll('.', '%2E'));
      return encoded.length === 0 ? `${column}.${operator}` : `${column}.${operator}.${encoded.join(',')}`;
    })
    .join(';');
