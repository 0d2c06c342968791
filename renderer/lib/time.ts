/** Relative and exact times. Pure: the present is handed in. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const sameYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const otherYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const TO_THE_SECOND = {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
} as const satisfies Intl.DateTimeFormatOptions;
const exact = new Intl.DateTimeFormat('en-GB', { ...TO_THE_SECOND, fractionalSecondDigits: 3 });
const toTheSecond = new Intl.DateTimeFormat('en-GB', TO_THE_SECOND);

const dayOfMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** `2026-10-30`, a day of a store's own calendar, as `30 Oct`. */
export const formatDay = (day: string): string => dayOfMonth.format(Date.parse(day));

const amount = (distance: number): string | null => {
  if (distance < MINUTE) return `${Math.floor(distance / SECOND)} s`;
  if (distance < HOUR) return `${Math.floor(distance / MINUTE)} min`;
  if (distance < DAY) return `${Math.floor(distance / HOUR)} h`;
  if (distance < 7 * DAY) return `${Math.floor(distance / DAY)} d`;
  return null;
};

/** `now`, `12 s ago`, `4 min ago`, `in 23 h`; null from a week on, and for what is no time. */
export const formatNear = (iso: string, now: number): string | null => {
  const distance = now - Date.parse(iso);
  if (Number.isNaN(distance)) return null;
  // Clocks of two machines differ by a little: a webhook "in 1 s" only puzzles.
  if (distance < 5 * SECOND && distance > -5 * SECOND) return 'now';
  const words = amount(Math.abs(distance));
  return words === null ? null : distance > 0 ? `${words} ago` : `in ${words}`;
};

/** The same, and from a week on the date. */
export const formatRelative = (iso: string, now: number): string => {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return iso;
  const near = formatNear(iso, now);
  if (near !== null) return near;
  const date = new Date(time);
  return (date.getFullYear() === new Date(now).getFullYear() ? sameYear : otherYear).format(date);
};

/** To the millisecond, in the reader's own time zone. */
export const formatExact = (iso: string): string => {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : exact.format(time);
};

/** To the second, in the reader's own time zone: what came of a person's doing needs no milliseconds. */
export const formatSecond = (iso: string): string => {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : toTheSecond.format(time);
};

/** A time span in ms, to about two digits. */
export const formatMs = (ms: number): string => {
  if (ms < 1) return '< 1 ms';
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  return ms < 10 * SECOND ? `${(ms / SECOND).toFixed(1)} s` : (amount(ms) ?? `${Math.round(ms / DAY)} d`);
};

/** How long something took, e.g. from receipt to processing. */
export const formatDuration = (fromIso: string, toIso: string): string | null => {
  const distance = Date.parse(toIso) - Date.parse(fromIso);
  if (Number.isNaN(distance) || distance < 0) return null;
  if (distance < SECOND) return `${distance} ms`;
  return distance < 10 * SECOND
    ? `${(distance / SECOND).toFixed(1)} s`
    : (amount(distance) ?? `${Math.round(distance / DAY)} d`);
};
