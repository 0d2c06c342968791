import type { DemoAddress } from './customers.ts';

/** An amount in the smallest unit of the shop's currency, and of the currency the customer saw. */
export interface Bag {
  readonly shop: number;
  readonly presentment: number;
}

export interface Presentment {
  readonly currency: string;
  /** Of one unit of the shop's currency. */
  readonly rate: number;
  /** Places after the point: 0 for yen. */
  readonly decimals: 0 | 2;
}

export interface DemoLine {
  readonly id: number;
  readonly productId: number;
  readonly variantId: number;
  readonly title: string;
  readonly variantTitle: string;
  readonly sku: string;
  readonly vendor: string;
  readonly quantity: number;
  readonly unit: Bag;
  /** Of the whole line. */
  readonly discount: Bag;
  readonly tax: Bag;
}

export type TransactionKind = 'AUTHORIZATION' | 'CAPTURE' | 'SALE' | 'REFUND' | 'VOID';
export interface DemoTransaction {
  readonly id: number;
  readonly kind: TransactionKind;
  readonly status: 'SUCCESS' | 'FAILURE' | 'PENDING' | 'ERROR';
  readonly gateway: string;
  readonly amount: Bag;
  readonly at: number;
  readonly parentId: number | null;
  readonly errorCode: string | null;
}

export interface DemoRefundLine {
  readonly lineId: number;
  readonly quantity: number;
  readonly subtotal: Bag;
  readonly tax: Bag;
}
export interface DemoRefund {
  readonly id: number;
  readonly at: number;
  readonly note: string | null;
  readonly lines: readonly DemoRefundLine[];
  readonly shipping: Bag;
  readonly transactionIds: readonly number[];
}

export interface DemoFulfillment {
  readonly id: number;
  readonly at: number;
  readonly status: 'SUCCESS' | 'CANCELLED';
  readonly lines: readonly { readonly lineId: number; readonly quantity: number }[];
  readonly tracking: string | null;
}

export type OrderDiscount =
  | { readonly kind: 'code'; readonly code: string; readonly percentage: number }
  | { readonly kind: 'manual'; readonly title: string; readonly amount: Bag };

/** An order with everything that happened to it; totals follow from the parts (`order-totals.ts`). Times in epoch milliseconds. */
export interface DemoOrder {
  readonly index: number;
  readonly id: number;
  readonly number: number;
  readonly token: string;
  readonly customerId: number | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly person: { readonly firstName: string; readonly lastName: string } | null;
  readonly address: DemoAddress | null;
  readonly presentment: Presentment;
  readonly lines: readonly DemoLine[];
  readonly shipping: Bag;
  readonly shippingTitle: string;
  readonly discount: OrderDiscount | null;
  readonly transactions: readonly DemoTransaction[];
  readonly refunds: readonly DemoRefund[];
  readonly fulfillments: readonly DemoFulfillment[];
  readonly isOnHold: boolean;
  readonly isTest: boolean;
  readonly source: 'web' | 'pos';
  readonly note: string | null;
  readonly tags: readonly string[];
  readonly cancelledAt: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}
