import './pixel.css';
import { Button, Menu } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { PixelStatus, PixelStore } from '../../../shared/api.ts';
import { notify, notifyError } from '../../api/notify.ts';
import { queryClient, trpc } from '../../api/trpc.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import {
  IconAlertTriangle,
  IconChevronDown,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconClock,
  IconPlayerPause,
} from '../../components/icons.ts';
import { NoStore } from '../../components/no-store.tsx';
import { PageBody } from '../../components/page-body.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { StatusBadge, type StatusLook } from '../../components/status-badge.tsx';
import { shortShop } from '../../lib/format.ts';
import { formatMs } from '../../lib/time.ts';
import { NumberTable } from './number-table.tsx';
import { percentText } from './period.tsx';

const LOOKS: Readonly<Record<PixelStatus, StatusLook>> = {
  never: { word: 'Never activated', tone: 'idle', icon: IconCircleDashed },
  receiving: { word: 'Receiving', tone: 'ok', icon: IconCircleCheck },
  silent: { word: 'Silent', tone: 'warn', icon: IconClock },
  paused: { word: 'Paused', tone: 'idle', icon: IconPlayerPause },
  outdated: { word: 'Outdated', tone: 'warn', icon: IconAlertTriangle },
  mismatched: { word: 'Differs at Shopify', tone: 'bad', icon: IconAlertTriangle },
  uninstalled: { word: 'Uninstalled', tone: 'idle', icon: IconCircleMinus },
};

const ADVICE: Partial<Readonly<Record<PixelStatus, string>>> = {
  silent: 'No event for a quarter of an hour or longer. A test event shows whether the way is open.',
  never: 'Shoppers’ events come once the pixel is activated in the menu “Pixel”.',
  paused: 'Taken out of the store; repairs leave it so. Activate it in the menu “Pixel” to bring it back.',
  uninstalled: 'Shopify removed the pixel together with the app. Connect the store again to bring it back.',
};

/** What is to be known of a state that is no problem. */
const Advice = ({ status, lastEventAt }: Pick<PixelStore, 'status' | 'lastEventAt'>) => {
  const text =
    status === 'silent' && lastEventAt === null
      ? 'The pixel is active, and no shopper’s event has come yet. A test event shows whether the way is open.'
      : ADVICE[status];
  return text === undefined ? null : <p className="br-dim br-pixel-advice">{text}</p>;
};

/** A pixel falls silent by time alone, which no live message tells. */
const SILENCE_CHECK_MS = 60_000;

export const StatusView = () => {
  const { data, error, refetch } = useQuery({
    ...trpc.pixel.stores.queryOptions(),
    refetchInterval: SILENCE_CHECK_MS,
  });
  if (data === undefined)
    return error === null ? (
      <SkeletonLines count={8} label="The pixels are being loaded" />
    ) : (
      <ErrorState error={error} title="The pixels could not be loaded" onRetry={refetch} />
    );
  if (data.items.length === 0) return <NoStore>Each connected store gets its own pixel and key.</NoStore>;
  return (
    <PageBody label="Pixels of the stores" width="wide" testId="pixel-stores">
      {data.items.map((store) => (
        <StorePixel key={store.shop} store={store} />
      ))}
    </PageBody>
  );
};

const StorePixel = ({ store }: { readonly store: PixelStore }) => (
  <section className="br-section br-pixel-store" aria-labelledby={`pixel-${store.shop}`} data-shop={store.shop}>
    <div className="br-section-head">
      <h2 id={`pixel-${store.shop}`}>{shortShop(store.shop)}</h2>
      <StatusBadge soft look={LOOKS[store.status]} />
      {store.since !== null && (
        <span className="br-dim">
          since <RelativeTime iso={store.since} />
        </span>
      )}
      <div className="br-spacer" />
      <Actions store={store} />
    </div>
    {store.problem === null ? (
      <Advice status={store.status} lastEventAt={store.lastEventAt} />
    ) : (
      <div className="br-problem">
        <IconAlertTriangle size={16} aria-hidden />
        <p>{store.problem}</p>
      </div>
    )}
    <Facts columns={3}>
      <Fact name="Last event">
        {store.lastEventAt === null ? <span className="br-dim">–</span> : <RelativeTime iso={store.lastEventAt} />}
      </Fact>
      <Fact name="Events a minute">{store.eventsPerMinute.toFixed(1)}</Fact>
      <Fact name="Rejected, 24 hours">
        {percentText(store.shareQuarantined, 1)} quarantined, {percentText(store.shareLimited, 1)} over the limit
      </Fact>
      <Fact name="Pixel key">
        <CopyText value={store.pixelKey} label="pixel key" />
      </Fact>
      <Fact name="Sends to">
        {store.endpoint === null || store.webPixelId === null ? (
          <span className="br-dim">–</span>
        ) : (
          <CopyText value={store.endpoint} label="address" />
        )}
      </Fact>
      <Fact name="Checked at Shopify">
        {store.checkedAt === null ? <span className="br-dim">–</span> : <RelativeTime iso={store.checkedAt} />}
      </Fact>
      {store.oldKeys.map((old) => (
        <Fact key={old.pixelKey} name="Old key, still taken" wide>
          <CopyText value={old.pixelKey} label="old pixel key" /> ends <RelativeTime iso={old.endsAt} />
        </Fact>
      ))}
    </Facts>
    <NumberTable
      id={`versions-${store.shop}`}
      title="Versions that send"
      first="Version"
      columns={['Events', 'Quarantined', 'Since', 'Last', 'Supported']}
      rows={store.versions.map((version) => ({
        label: version.version === '' ? 'something else than the extension' : version.version,
        values: [
          version.events,
          version.quarantined,
          version.firstAt.slice(0, 10),
          version.lastAt.slice(0, 10),
          version.supported ? 'yes' : 'no',
        ],
      }))}
      empty="No events yet."
    />
  </section>
);

const Actions = ({ store }: { readonly store: PixelStore }) => {
  const { shop } = store;
  const refresh = () => queryClient.invalidateQueries(trpc.pixel.stores.pathFilter());
  const done = (title: string) => ({
    onSuccess: async () => {
      notify(title, shortShop(shop));
      await refresh();
    },
    onError: (error: unknown) => notifyError('That did not work', error),
  });
  const activate = useMutation(trpc.pixel.activate.mutationOptions(done('Pixel activated')));
  const deactivate = useMutation(trpc.pixel.deactivate.mutationOptions(done('Pixel taken out of the store')));
  const check = useMutation(trpc.pixel.check.mutationOptions(done('Compared with Shopify')));
  const rotate = useMutation(
    trpc.pixel.rotateKey.mutationOptions(done('New key; the old one is taken for another 24 hours')),
  );
  const test = useMutation(
    trpc.pixel.test.mutationOptions({
      onSuccess: (result) => {
        if (result.ok)
          notify('The test event came back', `${formatMs(result.milliseconds ?? 0)}, by ${result.address}`);
        else
          notifyError('The test event did not come back', {
            data: { app: { code: 'NOT_FOUND', message: result.problem ?? '', hint: `Tried: ${result.address}` } },
          });
      },
      onError: (error) => notifyError('The test could not run', error),
    }),
  );
  const isBusy = activate.isPending || deactivate.isPending || check.isPending || rotate.isPending;
  const isGone = store.status === 'uninstalled';
  return (
    <>
      <Button loading={test.isPending} onClick={() => test.mutate({ shop })}>
        Send a test event
      </Button>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <Button loading={isBusy} disabled={isGone} rightSection={<IconChevronDown size={14} aria-hidden />}>
            Pixel
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => activate.mutate({ shop })}>Activate, or put right</Menu.Item>
          <Menu.Item onClick={() => check.mutate({ shop })}>Compare with Shopify</Menu.Item>
          <Menu.Item onClick={() => rotate.mutate({ shop, graceHours: 24 })}>New key, old one for 24 hours</Menu.Item>
          <Menu.Item disabled={store.status === 'paused'} onClick={() => deactivate.mutate({ shop })}>
            Take out of the store
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
};
