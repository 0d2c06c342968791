import { useNow, useRelativeTime } from '../lib/clock.ts';
import { formatExact, formatNear, formatSecond } from '../lib/time.ts';

/** `4 min ago`, with the exact time on hover. */
export const RelativeTime = ({ iso }: { readonly iso: string }) => (
  <time dateTime={iso} title={formatExact(iso)} className="br-num">
    {useRelativeTime(iso)}
  </time>
);

/** How far away it is; from a week on the date beside it says that. */
const Near = ({ iso }: { readonly iso: string }) => {
  const words = useNow((now) => formatNear(iso, now));
  return words !== null && <span className="br-dim br-nowrap">({words})</span>;
};

/** For details: both, so that the exact time needs no pointer. `precise` adds the milliseconds, where one thing follows another within them. */
export const FullTime = ({ iso, precise = false }: { readonly iso: string | null; readonly precise?: boolean }) =>
  iso === null ? (
    <span className="br-dim">–</span>
  ) : (
    <span>
      <time dateTime={iso} className="br-num">
        {precise ? formatExact(iso) : formatSecond(iso)}
      </time>{' '}
      <Near iso={iso} />
    </span>
  );
