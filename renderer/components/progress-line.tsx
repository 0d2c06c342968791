import { formatCount, percent } from '../lib/format.ts';

interface Props {
  readonly done: number;
  readonly total: number | null;
  readonly label: string;
}

/** Determinate when the total is known, otherwise just moving. */
export const ProgressLine = ({ done, total, label }: Props) => {
  const share = percent(done, total);
  return (
    <div
      className="br-progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      {...(share === null ? {} : { 'aria-valuenow': share, 'aria-valuemax': 100 })}
      aria-valuetext={total === null ? formatCount(done) : `${formatCount(done)} of ${formatCount(total)}`}
      data-unknown={share === null}
    >
      <div style={share === null ? {} : { width: `${share}%` }} />
    </div>
  );
};
