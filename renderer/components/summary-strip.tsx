import { formatCount } from '../lib/format.ts';

interface Item {
  readonly name: string;
  readonly value: number | undefined;
  /** Colours the number when it isn't zero. */
  readonly tone?: 'bad' | 'warn';
}

/** A line of counts on top of a list. */
export const SummaryStrip = ({
  label,
  items,
  loading,
}: {
  readonly label: string;
  readonly items: readonly Item[];
  readonly loading: boolean;
}) => (
  <dl className="br-strip" aria-label={label} aria-busy={loading}>
    {items.map(({ name, value, tone }) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd data-tone={value !== undefined && value > 0 ? tone : undefined}>
          {value === undefined ? '–' : formatCount(value)}
        </dd>
      </div>
    ))}
  </dl>
);
