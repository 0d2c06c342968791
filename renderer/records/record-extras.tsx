import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import type { ProductDetail, RecordChange } from '../../shared/api.ts';
import { CopyText } from '../components/copy-text.tsx';
import { Fact, Facts } from '../components/facts.tsx';
import { IconExternalLink } from '../components/icons.ts';
import { FullTime, RelativeTime } from '../components/relative-time.tsx';
import { openExternal } from '../lib/desktop-bridge.ts';
import { choiceWord } from './filter-words.ts';

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

const shown = (value: unknown): string =>
  value === null || value === undefined
    ? '–'
    : typeof value === 'object'
      ? JSON.stringify(value)
      : choiceWord(String(value));

/** What changed on the record, newest first, and what brought each change. */
export const History = ({ changes }: { readonly changes: readonly Change[] }) => {
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
                <li key={field.name}>
                  <span className="br-dim">{field.name}</span>{' '}
                  {field.before === null && field.after === null ? (
                    'changed'
                  ) : (
                    <>
                      {shown(field.before)} <span aria-hidden>→</span>
                      <span className="br-visually-hidden">became</span> {shown(field.after)}
                    </>
                  )}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  );
};
