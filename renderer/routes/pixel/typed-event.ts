import { currencyDigits } from '../../../shared/currency.ts';
import { holdsMask } from '../../../shared/mask.ts';
import { formatCount, formatMoney, plural } from '../../lib/format.ts';
import { formatMs } from '../../lib/time.ts';

export interface TypedFact {
  readonly name: string;
  readonly value: string;
}

export interface TypedGroup {
  readonly title: string;
  readonly facts: readonly TypedFact[];
}

export interface TypedLine {
  readonly title: string;
  readonly variant: string;
  readonly sku: string;
  readonly quantity: string;
  readonly price: string;
}

/** What an event says, in the words of the shop instead of its JSON. */
export interface TypedEvent {
  readonly groups: readonly TypedGroup[];
  readonly lines: readonly TypedLine[];
}

type Json = Record<string, unknown>;

const MAX_LINES = 100;
const MAX_FIELDS = 40;

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const at = (value: unknown, ...path: readonly string[]): unknown => {
  let found = value;
  for (const key of path) found = isRecord(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  return found;
};
const listAt = (value: unknown, ...path: readonly string[]): readonly unknown[] => {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
};
const text = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
};

/** The pixel’s money is a JSON number in the currency’s main unit. */
const money = (value: unknown): string => {
  const amount = at(value, 'amount');
  const code = at(value, 'currencyCode');
  if (typeof amount !== 'number' || !Number.isFinite(amount)) return '';
  const currency = typeof code === 'string' && /^[A-Z]{3}$/.test(code) ? code : null;
  return formatMoney(Math.round(amount * 10 ** currencyDigits(currency)), currency);
};

const group = (title: string, ...facts: readonly (readonly [name: string, value: string])[]): TypedGroup => ({
  title,
  facts: facts.filter(([, value]) => value !== '').map(([name, value]) => ({ name, value })),
});

const lineOf = (variant: unknown, quantity: unknown, price: unknown, title?: unknown): TypedLine => ({
  title: text(at(variant, 'product', 'title')) || text(title) || '–',
  variant: text(at(variant, 'title')),
  sku: text(at(variant, 'sku')),
  quantity: text(quantity),
  price: money(price) || money(at(variant, 'price')),
});
const cartLine = (line: unknown): TypedLine =>
  lineOf(at(line, 'merchandise'), at(line, 'quantity'), at(line, 'cost', 'totalAmount'));

const linesOf = (data: unknown): TypedLine[] => {
  const variant = at(data, 'productVariant');
  const single = at(data, 'cartLine');
  const checkout = listAt(data, 'checkout', 'lineItems').map((line) =>
    lineOf(at(line, 'variant'), at(line, 'quantity'), at(line, 'finalLinePrice'), at(line, 'title')),
  );
  return [
    ...(isRecord(variant) ? [lineOf(variant, undefined, undefined)] : []),
    ...(isRecord(single) ? [cartLine(single)] : []),
    ...listAt(data, 'cart', 'lines').map(cartLine),
    ...checkout,
    ...listAt(data, 'searchResult', 'productVariants').map((each) => lineOf(each, undefined, undefined)),
    ...listAt(data, 'collection', 'productVariants').map((each) => lineOf(each, undefined, undefined)),
  ].slice(0, MAX_LINES);
};

const discountsOf = (checkout: unknown): string =>
  listAt(checkout, 'discountApplications')
    .map((each) => text(at(each, 'title')))
    .filter((title) => title !== '')
    .join(', ');

const dataGroups = (data: unknown): TypedGroup[] => {
  const checkout = at(data, 'checkout');
  const results = listAt(data, 'searchResult', 'productVariants').length;
  return [
    group(
      'Search',
      ['Words', text(at(data, 'searchResult', 'query'))],
      ['Products found', results > 0 ? formatCount(results) : ''],
    ),
    group('Collection', ['Title', text(at(data, 'collection', 'title'))], ['Id', text(at(data, 'collection', 'id'))]),
    group(
      'Cart',
      ['Total', money(at(data, 'cart', 'cost', 'totalAmount'))],
      ['Items', text(at(data, 'cart', 'totalQuantity'))],
    ),
    group(
      'Checkout',
      ['Total', money(at(checkout, 'totalPrice'))],
      ['Subtotal', money(at(checkout, 'subtotalPrice'))],
      ['Shipping', money(at(checkout, 'shippingLine', 'price'))],
      ['Tax', money(at(checkout, 'totalTax'))],
      [
        'Discounts',
        [money(at(checkout, 'discountsAmount')), discountsOf(checkout)].filter((part) => part !== '').join(' · '),
      ],
      ['Order', text(at(checkout, 'order', 'id'))],
      ['Paid with', text(at(listAt(checkout, 'transactions')[0], 'gateway'))],
    ),
    group('Alert', ['Message', text(at(data, 'alert', 'message'))]),
    group('Error', ['Message', text(at(data, 'error', 'message'))], ['Extension', text(at(data, 'error', 'appName'))]),
  ];
};

/** A custom event’s own fields, nested ones by their path. */
const customFacts = (value: unknown, path = ''): [string, string][] => {
  if (Array.isArray(value)) return [[path || 'value', plural(value.length, 'element')]];
  if (!isRecord(value)) return [[path || 'value', value === null || value === undefined ? 'nothing' : text(value)]];
  return Object.entries(value).flatMap(([key, part]) => customFacts(part, path === '' ? key : `${path}.${key}`));
};

const PRIVACY: readonly (readonly [letter: string, word: string])[] = [
  ['a', 'analytics'],
  ['m', 'marketing'],
  ['p', 'preferences'],
  ['s', 'sale of data'],
];

const stampGroup = (stamp: unknown, receivedAt: string): TypedGroup => {
  if (!isRecord(stamp)) return group('Extension', ['Sent by', 'something else than Backroom’s extension']);
  const letters = text(stamp.privacy);
  const sentAt = Date.parse(text(stamp.sentAt));
  const lost = typeof stamp.lost === 'number' && stamp.lost > 0 ? stamp.lost : null;
  return group(
    'Extension',
    ['Version', text(stamp.extension)],
    ['Schema', text(stamp.schema)],
    ['On its page', typeof stamp.n === 'number' ? `event ${formatCount(stamp.n)}` : ''],
    [
      'Allowed',
      PRIVACY.filter(([letter]) => letters.includes(letter))
        .map(([, word]) => word)
        .join(', ') || 'nothing',
    ],
    ['On its way', Number.isNaN(sentAt) ? '' : formatMs(Math.max(0, Date.parse(receivedAt) - sentAt))],
    ['Given up by the page', lost === null ? '' : plural(lost, 'event')],
  );
};

/** Masked, a browser’s name is a row of initials that says nothing. */
const userAgentText = (value: string): string =>
  holdsMask(value) ? 'hidden; shown with the whole payload in Raw JSON' : value;

const browserGroup = (context: unknown): TypedGroup => {
  const width = text(at(context, 'window', 'innerWidth'));
  return group(
    'Browser',
    ['Came from', text(at(context, 'document', 'referrer'))],
    ['Page title', text(at(context, 'document', 'title'))],
    ['Language', text(at(context, 'navigator', 'language'))],
    ['Window', width === '' ? '' : `${width} × ${text(at(context, 'window', 'innerHeight'))}`],
    ['Browser', userAgentText(text(at(context, 'navigator', 'userAgent')))],
  );
};

/** Reads whatever came; an event in quarantine may have any form. */
export const typedEvent = (raw: unknown, receivedAt: string): TypedEvent => {
  if (!isRecord(raw)) return { groups: [], lines: [] };
  const custom = raw.customData === undefined ? [] : customFacts(raw.customData).slice(0, MAX_FIELDS);
  return {
    groups: [
      ...dataGroups(raw.data),
      group('Custom data', ...custom),
      stampGroup(raw.backroom, receivedAt),
      browserGroup(raw.context),
    ].filter(({ facts }) => facts.length > 0),
    lines: linesOf(raw.data),
  };
};
