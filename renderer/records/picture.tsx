import { lazy, memo, Suspense, useSyncExternalStore } from 'react';
import { SkeletonLines } from '../components/skeleton.tsx';
import { persistent } from '../lib/preferences.ts';

// The chart library is larger than the rest of a screen: it comes when a chart is first shown.
const OrderCharts = lazy(async () => ({ default: (await import('./order-charts.tsx')).OrderCharts }));

export const showCharts = persistent<boolean>('backroom-charts', true, (text) => text !== 'false');
export const useShowCharts = (): boolean => useSyncExternalStore(showCharts.subscribe, showCharts.get);

/** Apart from the list below it: a chart drawn anew at each sort and filter costs more than the list's rows. */
export const OrderPicture = memo(({ shop }: { readonly shop: string | undefined }) => (
  <Suspense
    fallback={
      <div className="br-picture">
        <SkeletonLines count={5} label="Charts are being loaded" />
      </div>
    }
  >
    <OrderCharts shop={shop} />
  </Suspense>
));
