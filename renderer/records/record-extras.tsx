import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import type { ProductDetail, RecordChange } from '../../shared/api.ts';
import type { Resource } from '../../shared/browse/columns.ts';
import { CopyText } from '../components/copy-text.tsx';
import { Fact, Facts } from '../components/facts.tsx';
import { IconExternalLink } from '../components/icons.ts';
import { FullTime, RelativeTime } from '../components/relative-time.tsx';
import { openExternal } from '../lib/desktop-bridge.ts';
import { changeWords } from './change-words.ts';

const BROUGHT_BY: Readonly<Record<string, string | undefined>> = {
  import: 'the first import',
  sync: 'a sync',
  webhook: 'a webhook',
  refresh: 'a refresh',
};

/** Shopify's admin shows the same record under its number. */
const adminUrl = (shop: string, kind: 'products' | 'orders' | 'customers', id: string): string =>
  `https://admin.shopify.com/store/${shop.replace(/\.myshopify\.com$/, '')}/${kind}/${id.split('/').at(-1) ?? ''}`;

export const OpenInShopify = (props: {
  readonly shop: string;
  readonly kind: 'products' | 'orders' | 'customers';
  readonly id: string;
}) => (
  <Button
    variant="subtle"
    leftSection={<IconExternalLink size={14} aria-hidden />}
    onClick={() => openExternal(adminUrl(props.shop, props.kind, props.id))}
  >
    Open in Shopify
  </Button>
);

interface StampProps {
  readonly shop: string;
  readonly id: string;
  readonly updatedAt: string | null;
  readonly syncedAt: string;
  readonly syncedBy: ProductDetail['syncedBy'];
}

/** Which record this is, and how fresh it is here. */
export const RecordStamp = ({ shop, id, updatedAt, syncedAt, syncedBy }: StampProps) => (
  <Facts>
    <Fact name="Store">
      <CopyText value={shop} label="store domain" />
    </Fact>
    <Fact name="Id">
      <CopyText value={id} label="id" />
    </Fact>
    {updatedAt !== null && (
      <Fact name="Updated">
        <FullTime iso={updatedAt} />
      </Fact>
    )}
    <Fact name="Stored here">
      <FullTime iso={syncedAt} />
      <span className="br-dim">, by {BROUGHT_BY[syncedBy]}</span>
    </Fact>
  </Facts>
);

type Change = z.infer<typeof RecordChange>;

interface HistoryProps {
  readonly resource: Resource;
  readonly changes: readonly Change[];
  /** What amounts are in; null when the record has none. */
  readonly currency: string | null;
}

const FieldWords = ({
  resource,
  field,
  currency,
}: {
  readonly resource: Resource;
  readonly field: Change['fields'][number];
  readonly currency: string | null;
}) => {
  const { label, before, after } = changeWords(resource, field, currency);
  return (
    <li>
      <span className="br-dim">{label}</span>{' '}
      {field.before === null && field.after === null ? (
        'changed'
      ) : (
        <>
          {before} <span aria-hidden>→</span>
          <span className="br-visually-hidden">became</span> {after}
        </>
      )}
    </li>
  );
};

/** What changed on the record, newest first, and what brought each change. */
export const History = ({ resource, changes, currency }: HistoryProps) => {
  if (changes.length === 0)
    return <p className="br-none">Nothing has changed since the record was first stored here.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
    <section className="br-scroll" tabIndex={0} aria-label="History">
      <ol className="br-history">
        {changes.map((change) => (
          <li key={change.id}>
            <div>
              <RelativeTime iso={change.at} /> <span className="br-dim">by</span>{' '}
              {change.source === 'webhook' && change.sourceId !== null ? (
                <Link to="/webhooks" search={{ id: change.sourceId }}>
                  a webhook
                </Link>
              ) : (
                <span>
                  {BROUGHT_BY[change.source] ?? change.source}
                  {change.sourceId !== null && ` (run ${change.sourceId})`}
                </span>
              )}
            </div>
            <ul>
              {change.fields.map((field) => (
                <FieldWords key={field.name} resource={resource} field={field} currency={currency} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  );
};
