import type { Store, StoreBudget } from '../../../shared/api.ts';
import { useBudgetLeft } from '../../api/budget-left.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import { IconCircleCheck, IconCircleMinus } from '../../components/icons.ts';
import { FullTime, RelativeTime } from '../../components/relative-time.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatCount, plural } from '../../lib/format.ts';
import { factId } from '../../lib/store-status.ts';

const GRANT = {
  authorization_code: 'Approved in the browser',
  client_credentials: 'Client credentials',
  admin_token: 'Pasted admin token',
} as const;

const PIXEL_ON = { word: 'Active', tone: 'ok', icon: IconCircleCheck } as const;
const PIXEL_OFF = { word: 'Not active', tone: 'idle', icon: IconCircleMinus } as const;

/** Until when the token lives, and what happens then. */
const TokenLife = ({ store }: { readonly store: Store }) => {
  if (store.tokenIssuedAt === null && store.tokenExpiresAt === null) return 'no token';
  const issued = store.tokenIssuedAt === null ? null : <RelativeTime iso={store.tokenIssuedAt} />;
  if (store.tokenExpiresAt === null) return <>token does not expire{issued !== null && <>, saved {issued}</>}</>;
  return (
    <>
      token renews <RelativeTime iso={store.tokenExpiresAt} />
      {issued !== null && <>, last renewed {issued}</>}
      {store.refreshTokenExpiresAt !== null && (
        <>
          , ends <RelativeTime iso={store.refreshTokenExpiresAt} /> if unused
        </>
      )}
    </>
  );
};

const Budget = ({ budget }: { readonly budget: StoreBudget }) => (
  <span className="br-num">
    {formatCount(useBudgetLeft(budget))} of {formatCount(budget.maximum)} points
    <span className="br-dim">
      , {formatCount(budget.restoreRate)} more each second
      {budget.waiting > 0 && `, ${plural(budget.waiting, 'call')} waiting`}
    </span>
  </span>
);

const Text = ({ value }: { readonly value: string | null }) =>
  value === null || value === '' ? <span className="br-dim">–</span> : value;

export const StoreFacts = ({ store }: { readonly store: Store }) => (
  <>
    <Facts columns={3}>
      <Fact name="Plan">
        <Text value={store.plan} />
      </Fact>
      <Fact name="Currency and time zone">
        <Text value={[store.currency, store.timezone].filter((part) => part !== null).join(', ')} />
      </Fact>
      <Fact name="E-mail">
        <Text value={store.email} />
      </Fact>
      <Fact name="Connected">
        <FullTime iso={store.connectedAt} />
      </Fact>
      <Fact name="Last successful call to Shopify" id={factId('last-call', store.shop)}>
        {store.lastCallAt === null ? <span className="br-dim">none yet</span> : <RelativeTime iso={store.lastCallAt} />}
      </Fact>
      <Fact name="Access" id={factId('access', store.shop)}>
        {GRANT[store.grant]}
        <span className="br-dim">
          , <TokenLife store={store} />
        </span>
      </Fact>
      <Fact name="API budget" id={factId('budget', store.shop)}>
        {store.budget === null ? <span className="br-dim">not called yet</span> : <Budget budget={store.budget} />}
      </Fact>
      {store.label !== null && <Fact name="Name at Shopify">{store.nameAtShopify}</Fact>}
      <Fact name="Address">
        {store.primaryUrl === null ? (
          <Text value={null} />
        ) : (
          <CopyText value={store.primaryUrl} label="store address" />
        )}
      </Fact>
      <Fact name="Pixel">
        <StatusBadge look={store.pixelActive ? PIXEL_ON : PIXEL_OFF} />
      </Fact>
      <Fact name="Pixel key">
        <CopyText value={store.pixelKey} label="pixel key" />
      </Fact>
    </Facts>
    <Facts columns={2}>
      <Fact name={`Scopes (${store.scopes.length})`}>
        <Chips values={store.scopes} none="no scopes granted" />
      </Fact>
      <Fact name={`Webhooks: ${plural(store.webhookTopics.length, 'topic')} subscribed`}>
        <Chips values={store.webhookTopics} none="none subscribed" />
      </Fact>
    </Facts>
  </>
);

const Chips = ({ values, none }: { readonly values: readonly string[]; readonly none: string }) =>
  values.length === 0 ? (
    <span className="br-dim">{none}</span>
  ) : (
    <ul className="br-chips">
      {values.map((value) => (
        <li key={value} className="br-chip">
          {value}
        </li>
      ))}
    </ul>
  );
