import { Link } from '@tanstack/react-router';
import { type CSSProperties, type FocusEvent, type KeyboardEvent, useState } from 'react';
import type { Resource } from '../../shared/browse/columns.ts';
import { formatDay } from '../lib/time.ts';
import type { RecordSearch } from './record-search.ts';
import { roundUp } from './round-up.ts';

export interface DayBar {
  /** UTC, `2026-10-30`. */
  readonly day: string;
  readonly value: number;
  /** The day's numbers in words, without the day. */
  readonly words: string;
}

interface Props {
  /** What is shown by day, for whoever does not see it. */
  readonly label: string;
  readonly days: readonly DayBar[];
  /** A value on the axis. */
  readonly format: (value: number) => string;
  /** Values are whole multiples of it: no line stands between two of them. */
  readonly step: number;
  readonly resource: Resource;
  readonly searchOf: (day: string) => RecordSearch;
}

/** About so many days are named below the bars. */
const NAMED = 6;

const placeOf = (key: string, at: number, last: number): number | null => {
  if (key === 'ArrowLeft') return Math.max(0, at - 1);
  if (key === 'ArrowRight') return Math.min(last, at + 1);
  if (key === 'Home') return 0;
  return key === 'End' ? last : null;
};

/**
 * A bar a day, each a link to the day's rows. One stop of the Tab key: arrows go from day to day, as in a toolbar. What a bar says is its
 * name, and stands above it while it is pointed at or has the focus.
 */
export const DayBars = ({ label, days, format, step, resource, searchOf }: Props) => {
  const [stop, setStop] = useState(days.length - 1);
  const [shown, setShown] = useState<number | null>(null);
  const top = roundUp(Math.max(0, ...days.map(({ value }) => value)), step);
  const each = Math.ceil(days.length / NAMED);
  const last = days.length - 1;
  const at = Math.min(stop, last);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const place = placeOf(event.key, at, last);
    if (place === null) return;
    event.preventDefault();
    setStop(place);
    event.currentTarget.querySelectorAll('a')[place]?.focus();
  };
  const leave = (event: FocusEvent): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) setShown(null);
  };
  const bar = shown === null ? undefined : days[shown];

  return (
    <div className="br-days">
      <div className="br-days-axis" aria-hidden>
        <span>{format(top)}</span>
        <span>{format(top / 2)}</span>
        <span>{format(0)}</span>
      </div>
      <ol
        aria-label={`${label}: a day each`}
        onPointerLeave={() => setShown(null)}
        onBlur={leave}
        onKeyDown={onKeyDown}
      >
        {days.map(({ day, value, words }, index) => (
          <li
            key={day}
            style={{ '--share': `${top === 0 ? 0 : Math.max(0, value / top) * 100}%` } as CSSProperties}
            data-day={index % each === 0 ? formatDay(day) : undefined}
          >
            <Link
              to={`/${resource}`}
              search={searchOf(day)}
              tabIndex={index === at ? 0 : -1}
              aria-label={`${formatDay(day)}: ${words}`}
              onPointerEnter={() => setShown(index)}
              onFocus={() => {
                setStop(index);
                setShown(index);
              }}
            />
          </li>
        ))}
      </ol>
      {bar !== undefined && shown !== null && (
        <div
          className="br-days-word"
          aria-hidden
          data-side={shown < days.length / 2 ? 'left' : 'right'}
          style={{ '--place': (shown + 0.5) / days.length } as CSSProperties}
        >
          <strong>{formatDay(bar.day)}</strong> {bar.words}
        </div>
      )}
    </div>
  );
};
