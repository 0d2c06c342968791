import type { DemoCustomer } from './customers.ts';
import { inBoth, lineNet, NOTHING, partOf, refundLineOf, refundTotal, sumBags, TAX_RATE } from './order-totals.ts';
import type {
  Bag,
  DemoFulfillment,
  DemoLine,
  DemoOrder,
  DemoRefund,
  DemoTransaction,
  OrderDiscount,
  Presentment,
} from './order-types.ts';
import type { DemoProduct } from './products.ts';
import type { Random } from './random.ts';

/** Ids of an order's parts: each order has room for this many of a kind. */
export const ORDER_ID_STEP = 32;
const PART_STEP = 16;
export const partId = (first: number, idBase: number, index: number, part: number): number =>
  first + idBase + (index + 1) * PART_STEP + part;
export const FIRST_LINE_ID = 14_000_000_000_000;
export const FIRST_TRANSACTION_ID = 8_100_000_000_000;
export const FIRST_REFUND_ID = 9_300_000_000_000;
export const FIRST_FULFILLMENT_ID = 4_700_000_000_000;

const RATES: Readonly<Record<string, readonly [Presentment, ...Presentment[]]>> = {
  USD: [
    { currency: 'EUR', rate: 0.92, decimals: 2 },
    { currency: 'GBP', rate: 0.79, decimals: 2 },
    { currency: 'CAD', rate: 1.36, decimals: 2 },
    { currency: 'JPY', rate: 151.4, decimals: 0 },
  ],
  EUR: [
    { currency: 'USD', rate: 1.09, decimals: 2 },
    { currency: 'GBP', rate: 0.86, decimals: 2 },
  ],
};
const NOTES = ['Please leave at the door.', 'It is a gift, no invoice in the box.', 'Ring twice.'] as const;

/** How a payment went, with how often of a hundred. */
type Course =
  | 'paid'
  | 'captured'
  | 'second-try'
  | 'part-refunded'
  | 'refunded'
  | 'pending'
  | 'authorized'
  | 'voided'
  | 'part-paid'
  | 'two-gateways';
const COURSES: readonly (readonly [Course, number])[] = [
  ['paid', 64],
  ['captured', 10],
  ['second-try', 5],
  ['part-refunded', 5],
  ['refunded', 4],
  ['pending', 4],
  ['authorized', 2],
  ['voided', 2],
  ['part-paid', 1],
  ['two-gateways', 3],
];
const courseOf = (roll: number): Course => {
  let left = roll * 100;
  for (const [course, share] of COURSES) {
    left -= share;
    if (left < 0) return course;
  }
  return 'paid';
};
const LINE_COUNTS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6] as const;

/** What an order is made from. */
export interface OrderParts {
  /** Of the checkout in a browser that became this order; by default one of its own, or the till. */
  readonly checkoutToken?: string | undefined;
  readonly index: number;
  readonly id: number;
  readonly idBase: number;
  readonly currency: string;
  readonly customer: DemoCustomer | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly random: Random;
  /** A product to buy, more often one of the popular ones. */
  readonly pickProduct: (random: Random) => DemoProduct | null;
  /** Fresh ones are paid and not yet sent. */
  readonly isFresh?: boolean;
}

const linesOf = (
  parts: OrderParts,
  presentment: Presentment,
  discount: OrderDiscount | null,
): { lines: DemoLine[]; discount: OrderDiscount | null } => {
  const { random, idBase, index } = parts;
  const bought: { product: DemoProduct; at: number; quantity: number }[] = [];
  for (let line = 0, count = random.pick(LINE_COUNTS); line < count; line += 1) {
    const product = parts.pickProduct(random);
    if (!product) continue;
    bought.push({ product, at: random.int(0, product.variants.length - 1), quantity: random.chance(0.85) ? 1 : 2 });
  }
  const lines = bought.flatMap(({ product, at, quantity }, place): DemoLine[] => {
    const variant = product.variants[at];
    if (!variant) return [];
    const unit = inBoth(variant.price, presentment);
    const off =
      discount?.kind === 'code'
        ? partOf({ shop: unit.shop * quantity, presentment: unit.presentment * quantity }, discount.percentage / 100)
        : discount && place === 0
          ? {
              shop: Math.min(discount.amount.shop, unit.shop),
              presentment: Math.min(discount.amount.presentment, unit.presentment),
            }
          : NOTHING;
    const taxOn = (amount: number): number => Math.round(amount * TAX_RATE);
    return [
      {
        id: partId(FIRST_LINE_ID, idBase, index, place),
        productId: product.id,
        variantId: variant.id,
        title: product.title,
        variantTitle: variant.title,
        sku: variant.sku,
        vendor: product.vendor,
        quantity,
        unit,
        discount: off,
        tax: {
          shop: taxOn(unit.shop * quantity - off.shop),
          presentment: taxOn(unit.presentment * quantity - off.presentment),
        },
      },
    ];
  });
  const [first] = lines;
  return { lines, discount: discount?.kind === 'manual' && first ? { ...discount, amount: first.discount } : discount };
};

interface Payments {
  readonly transactions: readonly DemoTransaction[];
  readonly refunds: readonly DemoRefund[];
  readonly cancelledAt: number | null;
}

const payments = (parts: OrderParts, course: Course, lines: readonly DemoLine[], shipping: Bag): Payments => {
  const { random, idBase, index, createdAt, updatedAt } = parts;
  const total = sumBags([...lines.flatMap((line) => [lineNet(line), line.tax]), shipping]);
  const gateway = random.chance(0.82) ? 'shopify_payments' : 'paypal';
  const transactions: DemoTransaction[] = [];
  const later = (share: number): number => Math.floor((createdAt + (updatedAt - createdAt) * share) / 1000) * 1000;
  const add = (entry: Partial<DemoTransaction> & Pick<DemoTransaction, 'kind'>): number => {
    const id = partId(FIRST_TRANSACTION_ID, idBase, index, transactions.length);
    transactions.push({
      id,
      status: 'SUCCESS',
      gateway,
      amount: total,
      at: createdAt,
      parentId: null,
      errorCode: null,
      ...entry,
    });
    return id;
  };
  const refund = (refunded: readonly DemoRefund['lines'][number][], back: Bag, parentId: number): DemoRefund => {
    const made = {
      id: partId(FIRST_REFUND_ID, idBase, index, 0),
      at: later(0.8),
      note: random.chance(0.3) ? 'Wrong size' : null,
      lines: refunded,
      shipping: back,
    };
    const amount = refundTotal({ ...made, transactionIds: [] });
    const ids: number[] = [];
    if (random.chance(0.08))
      ids.push(
        add({ kind: 'REFUND', status: 'FAILURE', amount, at: later(0.75), parentId, errorCode: 'PROCESSING_ERROR' }),
      );
    ids.push(add({ kind: 'REFUND', amount, at: later(0.8), parentId }));
    return { ...made, transactionIds: ids };
  };
  const give = (line: DemoLine, quantity: number) => ({ lineId: line.id, quantity, ...refundLineOf(line, quantity) });
  const [first] = lines;
  let refunds: DemoRefund[] = [];
  let cancelledAt: number | null = null;
  switch (course) {
    case 'paid':
      add({ kind: 'SALE' });
      break;
    case 'captured': {
      const parentId = add({ kind: 'AUTHORIZATION' });
      add({ kind: 'CAPTURE', at: later(0.3), parentId });
      break;
    }
    case 'second-try':
      add({ kind: 'SALE', status: 'FAILURE', errorCode: 'CARD_DECLINED' });
      add({ kind: 'SALE', at: Math.min(updatedAt, createdAt + 120_000) });
      break;
    case 'part-refunded': {
      const parentId = add({ kind: 'SALE' });
      if (first) refunds = [refund([give(first, 1)], NOTHING, parentId)];
      break;
    }
    case 'refunded': {
      const parentId = add({ kind: 'SALE' });
      refunds = [
        refund(
          lines.map((line) => give(line, line.quantity)),
          shipping,
          parentId,
        ),
      ];
      cancelledAt = random.chance(0.5) ? later(0.8) : null;
      break;
    }
    case 'pending':
      add({ kind: 'SALE', status: 'PENDING', gateway: 'Bank Deposit' });
      break;
    case 'authorized':
      add({ kind: 'AUTHORIZATION' });
      break;
    case 'voided': {
      const parentId = add({ kind: 'AUTHORIZATION' });
      add({ kind: 'VOID', at: later(0.5), parentId });
      cancelledAt = later(0.5);
      break;
    }
    case 'part-paid':
      add({ kind: 'SALE', gateway: 'gift_card', amount: partOf(total, 0.4) });
      break;
    case 'two-gateways': {
      const card = partOf(total, 0.75);
      add({ kind: 'SALE', amount: card });
      add({
        kind: 'SALE',
        gateway: 'gift_card',
        amount: { shop: total.shop - card.shop, presentment: total.presentment - card.presentment },
      });
      break;
    }
  }
  return { transactions, refunds, cancelledAt };
};

const fulfillmentsOf = (parts: OrderParts, course: Course, lines: readonly DemoLine[]): DemoFulfillment[] => {
  const { random, idBase, index, createdAt, updatedAt } = parts;
  const isHeld = parts.isFresh || course === 'pending' || course === 'voided' || course === 'part-paid';
  const roll = random.next();
  if (isHeld || roll < 0.14 || lines.length === 0) return [];
  const sent = roll < 0.19 && lines.length > 1 ? lines.slice(0, 1) : lines;
  return [
    {
      id: partId(FIRST_FULFILLMENT_ID, idBase, index, 0),
      at: Math.floor((createdAt + (updatedAt - createdAt) * 0.6) / 1000) * 1000,
      status: 'SUCCESS',
      lines: sent.map((line) => ({ lineId: line.id, quantity: line.quantity })),
      tracking: random.chance(0.8) ? `1Z${random.hex(14).toUpperCase()}` : null,
    },
  ];
};

/** An invented order over the shop's products: the same for the same seed, and its amounts add up. */
export const generateOrder = (parts: OrderParts): DemoOrder => {
  const { random, customer, createdAt, updatedAt } = parts;
  const foreign = RATES[parts.currency];
  const home: Presentment = { currency: parts.currency, rate: 1, decimals: 2 };
  const presentment = foreign && random.chance(0.1) ? random.pick(foreign) : home;
  const wanted = random.next();
  const asked: OrderDiscount | null =
    wanted < 0.12
      ? { kind: 'code', code: random.pick(['WELCOME10', 'SPRING10', 'FRIENDS']), percentage: 10 }
      : wanted < 0.15
        ? { kind: 'manual', title: 'Goodwill', amount: inBoth(500, presentment) }
        : null;
  const { lines, discount } = linesOf(parts, presentment, asked);
  const source = parts.checkoutToken === undefined && random.chance(0.05) ? 'pos' : 'web';
  const shipping = inBoth(source === 'pos' ? 0 : random.pick([0, 590, 990]), presentment);
  const course = parts.isFresh ? 'paid' : courseOf(random.next());
  const paid = payments(parts, course, lines, shipping);
  return {
    index: parts.index,
    id: parts.id,
    number: 1001 + parts.index,
    token: parts.checkoutToken ?? random.hex(32),
    customerId: customer?.id ?? null,
    email: customer?.email ?? null,
    phone: customer?.phone ?? null,
    person: customer ? { firstName: customer.firstName, lastName: customer.lastName } : null,
    address: source === 'pos' ? null : (customer?.addresses[0] ?? null),
    presentment,
    lines,
    shipping,
    shippingTitle: shipping.shop === 990 ? 'Express' : 'Standard',
    discount,
    ...paid,
    fulfillments: fulfillmentsOf(parts, course, lines),
    isOnHold: random.chance(0.03),
    isTest: random.chance(0.03),
    source,
    note: random.chance(0.06) ? random.pick(NOTES) : null,
    tags: random.chance(0.08) ? [random.pick(['vip', 'gift', 'preorder'])] : [],
    createdAt,
    updatedAt,
  };
};
