import type { DemoAddress, DemoCustomer } from '../data/customers.ts';
import { totalsOf } from '../data/order-totals.ts';
import type { DemoOrder } from '../data/order-types.ts';
import { listOf, type PageArgs, paginate } from '../data/ordered-list.ts';
import type { DemoShop } from '../shop/shop.ts';
import { addressView } from './address-view.ts';
import { gid, isoTime, money, type RequestContext, type View } from './context.ts';

/** What a customer's orders come to: their net payments, cancelled orders left out. */
export const amountSpentBy = (orders: readonly DemoOrder[]): number =>
  orders.reduce((sum, order) => sum + (order.cancelledAt === null ? totalsOf(order).net.shop : 0), 0);

/** A customer as the Admin API shows them; their orders are found only when asked for. */
export class CustomerView {
  readonly __typename = 'Customer';
  readonly #shop: DemoShop;
  readonly #customer: DemoCustomer;
  #found: DemoOrder[] | null = null;

  constructor(shop: DemoShop, customer: DemoCustomer) {
    this.#shop = shop;
    this.#customer = customer;
  }

  get #orders(): DemoOrder[] {
    this.#found ??= this.#shop.orders.ofCustomer(this.#customer.id);
    return this.#found;
  }
  #address(address: DemoAddress): View {
    return addressView(address, this.#customer);
  }

  get id() {
    return gid('Customer', this.#customer.id);
  }
  get legacyResourceId() {
    return String(this.#customer.id);
  }
  get firstName() {
    return this.#customer.firstName;
  }
  get lastName() {
    return this.#customer.lastName;
  }
  get displayName() {
    return `${this.#customer.firstName} ${this.#customer.lastName}`;
  }
  get createdAt() {
    return isoTime(this.#customer.createdAt);
  }
  get updatedAt() {
    return isoTime(this.#customer.updatedAt);
  }
  get state() {
    return this.#customer.state;
  }
  get note() {
    return this.#customer.note;
  }
  get tags() {
    return this.#customer.tags;
  }
  get locale() {
    return this.#customer.locale;
  }
  get verifiedEmail() {
    return this.#customer.email !== null;
  }
  get taxExempt() {
    return this.#customer.taxExempt;
  }
  readonly taxExemptions = [];
  readonly dataSaleOptOut = false;
  readonly multipassIdentifier = null;
  readonly productSubscriberStatus = 'NEVER_SUBSCRIBED';
  get canDelete() {
    return this.#orders.length === 0;
  }
  get numberOfOrders() {
    return String(this.#orders.length);
  }
  get amountSpent() {
    return money(amountSpentBy(this.#orders), this.#shop.profile.currency);
  }
  get lifetimeDuration() {
    const years = Math.max(1, Math.round((Date.UTC(2026, 10, 1) - this.#customer.createdAt) / (365 * 86_400_000)));
    return `about ${years} ${years === 1 ? 'year' : 'years'}`;
  }
  get defaultEmailAddress() {
    const { email, emailConsent, createdAt } = this.#customer;
    return email === null
      ? null
      : {
          emailAddress: email,
          marketingState: emailConsent,
          marketingOptInLevel: emailConsent === 'SUBSCRIBED' ? 'SINGLE_OPT_IN' : null,
          marketingUpdatedAt: emailConsent === 'NOT_SUBSCRIBED' ? null : isoTime(createdAt),
          openTrackingLevel: 'UNKNOWN',
          validFormat: true,
        };
  }
  get defaultPhoneNumber() {
    const { phone, smsConsent, createdAt } = this.#customer;
    return phone === null
      ? null
      : {
          phoneNumber: phone,
          marketingState: smsConsent,
          smsMarketingConsent: {
            state: smsConsent === 'SUBSCRIBED' ? 'SUBSCRIBED' : 'NEVER_SUBSCRIBED',
            optInLevel: 'SINGLE_OPT_IN',
            updatedAt: isoTime(createdAt),
          },
        };
  }
  // Deprecated since the addresses above.
  get email() {
    return this.#customer.email;
  }
  get phone() {
    return this.#customer.phone;
  }
  readonly validEmailAddress = true;
  get emailMarketingConsent() {
    const { email, emailConsent } = this.#customer;
    return email === null
      ? null
      : { marketingState: emailConsent, marketingOptInLevel: 'SINGLE_OPT_IN', consentUpdatedAt: null };
  }
  get smsMarketingConsent() {
    const { phone, smsConsent } = this.#customer;
    return phone === null
      ? null
      : {
          marketingState: smsConsent,
          marketingOptInLevel: 'SINGLE_OPT_IN',
          consentUpdatedAt: null,
          consentCollectedFrom: 'SHOPIFY',
        };
  }
  get defaultAddress() {
    const [first] = this.#customer.addresses;
    return first ? this.#address(first) : null;
  }
  addresses({ first }: { first?: number | null } = {}) {
    return this.#customer.addresses.slice(0, first ?? undefined).map((address) => this.#address(address));
  }
  addressesV2(args: PageArgs) {
    const list = listOf(this.#customer.addresses, (address) => [address.id, address.id]);
    return paginate({ ...list, at: (position) => this.#address(list.at(position)) }, args);
  }
  lastOrder(_: unknown, context: RequestContext) {
    const last = this.#orders.at(-1);
    return last ? context.views.order(this.#shop, last) : null;
  }
  orders(args: PageArgs, context: RequestContext) {
    const list = listOf(this.#orders, (order) => [order.id, order.id]);
    return paginate({ ...list, at: (position) => context.views.order(this.#shop, list.at(position)) }, args);
  }
  readonly statistics = { predictedSpendTier: null, rfmGroup: null };
  readonly metafield = null;
  metafields(args: PageArgs) {
    return paginate(
      listOf<View>([], () => [0, 0]),
      args,
    );
  }
}
