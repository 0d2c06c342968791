import { formatCount } from './format.ts';

export interface ListContent {
  /** All rows there are; null: not known. */
  readonly total: number | null;
  readonly one: string;
  readonly many: string;
  readonly isFiltered: boolean;
}

/** What stands below the last row, so that the end of a list is not taken for a page that did not load. */
export const listEnd = ({ total, one, many, isFiltered }: ListContent): string => {
  const which = isFiltered ? ' with these filters' : '';
  if (total === null) return `The end of the ${many}${which}`;
  return total === 1 ? `The only ${one}${which}` : `All ${formatCount(total)} ${many}${which} are shown`;
};
