import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReadCacheStats } from '../../../shared/api.ts';
import { notify, notifyError } from '../../api/notify.ts';
import { queryClient, trpc } from '../../api/trpc.ts';
import { Fact, Facts } from '../../components/facts.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { formatBytes, formatCount, plural } from '../../lib/format.ts';

/** How often a kept answer spared a read of the database, what is kept, and the button that forgets it. */
export const ReadCache = ({ cache }: { readonly cache: ReadCacheStats }) => {
  const asked = cache.hits + cache.misses;
  const { mutate: clear, isPending } = useMutation(
    trpc.browse.clearCache.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.browse.cache.pathFilter());
        notify('The kept answers are cleared');
      },
      onError: (error) => notifyError('The kept answers could not be cleared', error),
    }),
  );
  return (
    <>
      <Facts>
        <Fact name="From memory">
          <span className="br-num">
            {asked === 0
              ? 'nothing asked yet'
              : `${Math.round((cache.hits / asked) * 100)}% of ${plural(asked, 'read')}`}
          </span>
          <span className="br-dim">
            {' '}
            since <RelativeTime iso={cache.since} />
          </span>
        </Fact>
        <Fact name="Kept">
          <span className="br-num">
            {plural(cache.entries, 'answer')}, {formatBytes(cache.bytes)} of {formatBytes(cache.maxBytes)}
          </span>
        </Fact>
        <Fact name="Dropped for room">
          <span className="br-num">{formatCount(cache.evictions)}</span>
        </Fact>
      </Facts>
      <div className="br-form-actions">
        <Button onClick={() => clear()} loading={isPending} data-testid="clear-cache">
          Clear
        </Button>
      </div>
    </>
  );
};
