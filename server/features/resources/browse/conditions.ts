import { type ColumnSpec, columnOf, type Resource } from '../../../../shared/browse/columns.ts';
import { type Filter, parseFilters } from '../../../../shared/browse/filters.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { SqlValue } from '../../../platform/db/database.ts';

/** A piece of WHERE with its parameters. */
export interface Condition {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

/** A condition as the reading plan (plan.ts) takes it. */
export interface ColumnCondition extends Condition {
  /** The same, kept off every index by a plus. */
  readonly tested: string;
  readonly column: string;
  /** `equal`: an index on the column finds its rows; `range`: finds them too, often many and far apart; `none`: each row has to be looked at. */
  readonly seek: 'equal' | 'range' | 'none';
}

const DAY_MS = 86_400_000;
const marks = (count: number): string => Array.from({ length: count }, () => '?').join(', ');
const likePattern = (value: string): string => `%${value.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;

/** The first moment of a day, or the time itself. */
const from = (value: string): string => new Date(value).toISOString();
/** The first moment after a day; of a time, the time itself. */
const after = (value: string): string =>
  value.includes('T') ? from(value) : new Date(Date.parse(value) + DAY_MS).toISOString();

const dateCondition = (sql: string, { operator, values }: Filter, now: number): Condition => {
  const [first = '', second = ''] = values;
  if (operator === 'since') return { sql: `${sql} >= ?`, params: [from(first)] };
  if (operator === 'before') return { sql: `${sql} < ?`, params: [from(first)] };
  if (operator === 'last')
    return { sql: `${sql} >= ?`, params: [new Date(now - Number(first) * DAY_MS).toISOString()] };
  return { sql: `(${sql} >= ? AND ${sql} < ?)`, params: [from(first), after(second)] };
};

const numberCondition = (sql: string, { operator, values }: Filter): Condition => {
  const numbers = values.map(Number);
  if (operator === 'gte') return { sql: `${sql} >= ?`, params: numbers };
  if (operator === 'lte') return { sql: `${sql} <= ?`, params: numbers };
  if (operator === 'between') return { sql: `${sql} BETWEEN ? AND ?`, params: numbers };
  return { sql: `${sql} IN (${marks(numbers.length)})`, params: numbers };
};

/** Lists are JSON arrays of texts. Most are empty, which is quicker seen than read. */
const listCondition = (sql: string, { operator, values }: Filter): Condition => {
  const found = `(${sql} <> '[]' AND EXISTS (SELECT 1 FROM json_each(${sql}) WHERE value COLLATE NOCASE IN (${marks(values.length)})))`;
  return { sql: operator === 'hasNot' ? `NOT ${found}` : found, params: values };
};

const textCondition = (sql: string, { operator, values }: Filter): Condition => {
  if (operator === 'contains') return { sql: `${sql} LIKE ? ESCAPE '\\'`, params: values.map(likePattern) };
  if (operator === 'not') return { sql: `coalesce(${sql}, '') NOT IN (${marks(values.length)})`, params: values };
  return { sql: `${sql} IN (${marks(values.length)})`, params: values };
};

const conditionOf = (spec: ColumnSpec, sql: string, filter: Filter, now: number): Condition => {
  if (filter.operator === 'empty' || filter.operator === 'filled') {
    const empty = spec.type === 'list' ? `${sql} = '[]'` : `coalesce(${sql}, '') = ''`;
    return { sql: filter.operator === 'empty' ? empty : `NOT (${empty})`, params: [] };
  }
  switch (spec.type) {
    case 'date':
      return dateCondition(sql, filter, now);
    case 'number':
    case 'money':
    case 'reference':
      return numberCondition(sql, filter);
    case 'list':
      return listCondition(sql, filter);
    case 'flag':
      return { sql: `${sql} = ?`, params: [filter.values[0] === 'true' ? 1 : 0] };
    case 'text':
    case 'choice':
      return textCondition(sql, filter);
  }
};

const seekOf = (spec: ColumnSpec, { operator }: Filter): ColumnCondition['seek'] => {
  if (spec.type === 'list' || operator === 'empty' || operator === 'filled') return 'none';
  if (operator === 'is') return 'equal';
  return spec.type === 'text' || spec.type === 'choice' ? 'none' : 'range';
};

/** What filters are turned into, of `BrowseDefinition`. */
interface Filtered {
  readonly resource: Resource;
  readonly columns: Readonly<Record<string, string>>;
  readonly references: Readonly<Record<string, (numbers: string) => string>>;
}

/** @throws AppError `BAD_REQUEST` for a filter that does not fit the resource. */
export const filterConditions = (
  { resource, columns, references }: Filtered,
  text: string | undefined,
  now: number,
): ColumnCondition[] => {
  const { filters, problem } = parseFilters(resource, text ?? '');
  if (problem !== null)
    throw new AppError('BAD_REQUEST', problem, { hint: 'Remove this filter, or choose it again from the menu.' });
  return filters.flatMap((filter): ColumnCondition[] => {
    const reference = references[filter.column];
    if (reference !== undefined) {
      const sql = reference(marks(filter.values.length));
      const params = filter.values.map(Number);
      return [{ sql, tested: `+${sql}`, params, column: filter.column, seek: 'equal' }];
    }
    const spec = columnOf(resource, filter.column);
    const column = columns[filter.column];
    if (spec === undefined || column === undefined) return [];
    return [
      {
        ...conditionOf(spec, column, filter, now),
        tested: conditionOf(spec, `+${column}`, filter, now).sql,
        column: filter.column,
        seek: seekOf(spec, filter),
      },
    ];
  });
};
