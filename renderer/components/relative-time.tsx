import { useRelativeTime } from '../lib/clock.ts';
import { formatExact } from '../lib/time.ts';

/** `4 min ago`, with the exact time on hover. */
export const RelativeTime = ({ iso }: { readonly iso: string }) => (
  <time dateTime={iso} title={formatExact(iso)} className="br-num">
    {useRelativeTime(iso)}
  </time>
);

/** For details: both, so that the exact time needs no pointer. */
export const FullTime = ({ iso }: { readonly iso: string | null }) =>
  iso === null ? (
    <span className="br-dim">–</span>
  ) : (
    <span>
      <time dateTime={iso} className="br-num">
        {formatExact(iso)}
      </time>{' '}
      <span className="br-dim br-nowrap">
        (<RelativeTime iso={iso} />)
      </span>
    </span>
  );
