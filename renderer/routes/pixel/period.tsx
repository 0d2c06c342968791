import { SegmentedControl } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { StoreChoice } from '../../components/store-choice.tsx';

export type Period = 'hour' | 'day' | 'week' | 'month';

const PERIODS: readonly { readonly value: Period; readonly label: string }[] = [
  { value: 'hour', label: '1 hour' },
  { value: 'day', label: '24 hours' },
  { value: 'week', label: '7 days' },
  { value: 'month', label: '30 days' },
];

const short = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const long = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
/** A point in time, as short as its period allows. */
export const pointLabel = (iso: string, period: Period): string =>
  (period === 'hour' || period === 'day' ? short : long).format(new Date(iso));

const whole = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
/** What is counted: whole hours or days and the running one, so `1 hour` may have just begun. Also the period before is counted from such a start. */
export const spanText = (fromIso: string, period: Period): string =>
  `since ${(period === 'hour' ? short : period === 'day' ? whole : long).format(new Date(fromIso))}`;

export const percentText = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)}%`;

/** Store and period, kept in the address. */
export const PeriodToolbar = ({ period }: { readonly period: Period }) => {
  const search = useSearch({ from: '/pixel' });
  const navigate = useNavigate({ from: '/pixel' });
  const change = (next: { shop?: string | undefined; period?: Period }): void => {
    navigate({ search: (old) => ({ ...old, ...next }), replace: true }).catch((error: unknown) =>
      console.warn('Changing the filter failed.', error),
    );
  };
  return (
    <>
      <StoreChoice value={search.shop} onChange={(shop) => change({ shop })} />
      <SegmentedControl
        aria-label="Period"
        data={[...PERIODS]}
        value={period}
        onChange={(value) => {
          const found = PERIODS.find((each) => each.value === value);
          if (found) change({ period: found.value });
        }}
      />
    </>
  );
};
