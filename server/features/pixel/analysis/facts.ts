/** What the analysis takes from one stored event. */
export interface EventFacts {
  readonly seq: number;
  readonly shop: string;
  readonly name: string;
  readonly clientId: string;
  readonly at: number;
  /** Path of the page, without query; null when the event names none. */
  readonly page: string | null;
  readonly source: string;
  readonly checkoutToken: string | null;
  readonly orderId: string | null;
  readonly products: readonly string[];
  readonly search: string | null;
}

/** Steps of the funnel, as bits, in their order. */
export const STEPS = { viewed: 1, added: 2, started: 4, paid: 8 } as const;

const STEP_OF: Readonly<Record<string, number>> = {
  product_viewed: STEPS.viewed,
  product_added_to_cart: STEPS.added,
  checkout_started: STEPS.started,
  checkout_completed: STEPS.paid,
};
export const stepOf = (name: string): number => STEP_OF[name] ?? 0;

type Json = Record<string, unknown>;
const at = (value: unknown, ...path: string[]): unknown => {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Json)[key];
  }
  return found;
};
const text = (value: unknown, length: number): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, length) : null;

/** Digits of `gid://shopify/Order/12`, or the text itself. */
const plainId = (value: unknown): string | null => text(value, 100)?.split('/').at(-1) ?? null;

/** Where the visit came from: a campaign's source, the referring site, or nothing. */
const sourceOf = (event: unknown, href: string | null): string => {
  const url = href !== null && URL.canParse(href) ? new URL(href) : null;
  const campaign = text(url?.searchParams.get('utm_source'), 60);
  if (campaign) return campaign.toLowerCase();
  const referrer = text(at(event, 'context', 'document', 'referrer'), 2000);
  if (referrer === null || !URL.canParse(referrer)) return 'direct';
  const host = new URL(referrer).hostname.replace(/^www\./, '');
  return host === '' || host === url?.hostname.replace(/^www\./, '') ? 'direct' : host.slice(0, 60);
};

const productsOf = (name: string, event: unknown): string[] => {
  const data = at(event, 'data');
  if (name === 'product_viewed') return [text(at(data, 'productVariant', 'product', 'title'), 120) ?? ''];
  if (name === 'product_added_to_cart')
    return [text(at(data, 'cartLine', 'merchandise', 'product', 'title'), 120) ?? ''];
  if (name !== 'checkout_completed') return [];
  const lines = at(data, 'checkout', 'lineItems');
  return Array.isArray(lines) ? lines.map((line) => text(at(line, 'variant', 'product', 'title'), 120) ?? '') : [];
};

export interface StoredEvent {
  readonly seq: number;
  readonly shop: string;
  readonly name: string;
  readonly client_id: string | null;
  readonly occurred_at: number;
  readonly raw: string;
}

/** Sent by the console to itself to try the whole way; nobody's visit. */
export const TEST_EVENT = 'backroom:test';

/** Null for events that belong to nobody: their person was erased, or it is a test. */
export const factsOf = (row: StoredEvent): EventFacts | null => {
  if (row.client_id === null || row.name === TEST_EVENT) return null;
  const event: unknown = JSON.parse(row.raw);
  const href = text(at(event, 'context', 'document', 'location', 'href'), 4096);
  return {
    seq: row.seq,
    shop: row.shop,
    name: row.name,
    clientId: row.client_id,
    at: row.occurred_at,
    page: href !== null && URL.canParse(href) ? new URL(href).pathname.slice(0, 200) : null,
    source: sourceOf(event, href),
    checkoutToken: text(at(event, 'data', 'checkout', 'token'), 100),
    orderId: plainId(at(event, 'data', 'checkout', 'order', 'id')),
    products: [...new Set(productsOf(row.name, event).filter((title) => title !== ''))],
    search:
      row.name === 'search_submitted'
        ? (text(at(event, 'data', 'searchResult', 'query'), 80)?.toLowerCase() ?? null)
        : null,
  };
};
