import type { Filter } from '../../shared/browse/filters.ts';
import { formatFilters } from '../../shared/browse/filters.ts';

/** What the pictures' parts lead to, as filters of an address. */

/** The rows of one UTC day. */
export const onDay = (column: string, day: string): string =>
  formatFilters([{ column, operator: 'between', values: [day, day] }]);

/** A choice that may be nothing, which no filter can name. */
export const ofChoice = (column: string, value: string): Filter =>
  value === '' ? { column, operator: 'empty', values: [] } : { column, operator: 'is', values: [value] };

/** From `from` to `to`, both included; `to` is null where the band has no end. */
export const inBand = (column: string, from: number, to: number | null): Filter =>
  to === null
    ? { column, operator: 'gte', values: [String(from)] }
    : { column, operator: 'between', values: [String(from), String(to)] };
