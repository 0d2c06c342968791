import type { DemoOrder, DemoTransaction } from '../data/order-types.ts';
import type { DemoShop } from '../shop/shop.ts';
import { bagView, decimal, gid, isoTime, money, type View } from './context.ts';

const GATEWAY_NAMES: Readonly<Record<string, string>> = {
  shopify_payments: 'Shopify Payments',
  paypal: 'PayPal',
  gift_card: 'Gift Card',
  manual: 'Manual',
};
const FEE_RATE = 0.029;
const FLAT_FEE = 30;
const AUTHORIZATION_MS = 7 * 86_400_000;

/** One payment step of an order as the Admin API shows it. */
export class TransactionView {
  readonly __typename = 'OrderTransaction';
  readonly #shop: DemoShop;
  readonly #order: DemoOrder;
  readonly #entry: DemoTransaction;
  readonly #orderView: () => unknown;

  constructor(shop: DemoShop, order: DemoOrder, entry: DemoTransaction, orderView: () => unknown) {
    this.#shop = shop;
    this.#order = order;
    this.#entry = entry;
    this.#orderView = orderView;
  }

  get #isCard(): boolean {
    return this.#entry.gateway === 'shopify_payments';
  }
  get id() {
    return gid('OrderTransaction', this.#entry.id);
  }
  get kind() {
    return this.#entry.kind;
  }
  get status() {
    return this.#entry.status;
  }
  get gateway() {
    return this.#order.isTest ? 'bogus' : this.#entry.gateway;
  }
  get formattedGateway() {
    return this.#order.isTest
      ? '(for testing) Bogus Gateway'
      : (GATEWAY_NAMES[this.#entry.gateway] ?? this.#entry.gateway);
  }
  get manualPaymentGateway() {
    return this.#entry.gateway === 'Bank Deposit' || this.#entry.gateway === 'manual';
  }
  get amountSet() {
    return bagView(this.#entry.amount, this.#shop.profile.currency, this.#order.presentment);
  }
  get amount() {
    return decimal(this.#entry.amount.shop);
  }
  get amountV2() {
    return money(this.#entry.amount.shop, this.#shop.profile.currency);
  }
  readonly amountRoundingSet = null;
  get createdAt() {
    return isoTime(this.#entry.at);
  }
  get processedAt() {
    return isoTime(this.#entry.at);
  }
  get test() {
    return this.#order.isTest;
  }
  get errorCode() {
    return this.#entry.errorCode;
  }
  get paymentId() {
    return `${this.#order.token.slice(0, 12)}.${(this.#entry.id % 16) + 1}`;
  }
  get accountNumber() {
    return this.#isCard ? '•••• •••• •••• 4242' : null;
  }
  get authorizationExpiresAt() {
    return this.#entry.kind === 'AUTHORIZATION' ? isoTime(this.#entry.at + AUTHORIZATION_MS) : null;
  }
  get settlementCurrency() {
    return this.#isCard ? this.#shop.profile.currency : null;
  }
  get settlementCurrencyRate() {
    return this.#isCard ? String(Number((1 / this.#order.presentment.rate).toFixed(6))) : null;
  }
  get manuallyCapturable() {
    const { id, kind, status } = this.#entry;
    return (
      kind === 'AUTHORIZATION' &&
      status === 'SUCCESS' &&
      !this.#order.transactions.some((other) => other.parentId === id)
    );
  }
  readonly multiCapturable = false;
  get maximumRefundableV2() {
    const { kind, status, amount } = this.#entry;
    const isPayment = (kind === 'SALE' || kind === 'CAPTURE') && status === 'SUCCESS';
    return isPayment ? money(amount.shop, this.#shop.profile.currency) : null;
  }
  get totalUnsettledSet() {
    const { currency } = this.#shop.profile;
    const open = this.manuallyCapturable ? this.#entry.amount : { shop: 0, presentment: 0 };
    return bagView(open, currency, this.#order.presentment);
  }
  get parentTransaction() {
    const parent = this.#order.transactions.find((other) => other.id === this.#entry.parentId);
    return parent ? new TransactionView(this.#shop, this.#order, parent, this.#orderView) : null;
  }
  order() {
    return this.#orderView();
  }
  readonly currencyExchangeAdjustment = null;
  readonly shopifyPaymentsSet = null;
  get fees() {
    const { id, kind, status, amount } = this.#entry;
    if (!this.#isCard || this.#order.isTest || status !== 'SUCCESS' || (kind !== 'SALE' && kind !== 'CAPTURE'))
      return [];
    const { currency } = this.#shop.profile;
    return [
      {
        __typename: 'TransactionFee',
        id: gid('TransactionFee', id),
        type: 'processing_fee',
        amount: money(Math.round(amount.shop * FEE_RATE) + FLAT_FEE, currency),
        taxAmount: money(0, currency),
        flatFee: money(FLAT_FEE, currency),
        flatFeeName: null,
        rate: String(FEE_RATE),
        rateName: null,
      },
    ];
  }
  get paymentDetails(): View | null {
    if (this.#entry.gateway === 'paypal')
      return { __typename: 'PaypalWalletPaymentDetails', paymentMethodName: 'paypal' };
    if (!this.#isCard) return null;
    return {
      __typename: 'CardPaymentDetails',
      company: 'Visa',
      number: '•••• •••• •••• 4242',
      expirationMonth: 12,
      expirationYear: 2030,
      paymentMethodName: 'card',
      wallet: null,
    };
  }
  get receiptJson() {
    return JSON.stringify({ reference: this.paymentId });
  }
}

export const orderTransactionViews = (shop: DemoShop, order: DemoOrder, orderView: () => unknown): TransactionView[] =>
  order.transactions.map((entry) => new TransactionView(shop, order, entry, orderView));
