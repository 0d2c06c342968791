import type { SqlValue } from '../../../platform/db/database.ts';
import { fieldsOf, isJson, type Json, numberOfGid } from '../records/fields.ts';
import { toMinorUnits } from '../records/money.ts';
import type { ChildRow, MappedRecord } from '../records/record-table.ts';
import { ADDRESSES } from './table.ts';

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export const addressFromGraphql = (parentPk: number, node: unknown, raw = JSON.stringify(node)): ChildRow => {
  const get = fieldsOf(node, 'an address');
  return {
    pk: get.pk('id'),
    parentPk,
    values: [
      get.optional('name'),
      get.optional('company'),
      get.optional('address1'),
      get.optional('address2'),
      get.optional('city'),
      get.optional('province'),
      get.optional('zip'),
      get.optional('countryCodeV2'),
      get.optional('phone'),
      raw,
    ],
  };
};

/** A `customers` node. @param addresses all of them; null: they come by themselves */
export const customerFromGraphql = (
  shopCurrency: string | null,
  node: unknown,
  addresses: readonly unknown[] | null,
  raw = JSON.stringify(node),
): MappedRecord => {
  const get = fieldsOf(node, 'a customer');
  const pk = get.pk('id');
  const updatedAt = get.time('updatedAt');
  const spent = get.object('amountSpent');
  const currency = textOf(spent?.currencyCode) ?? shopCurrency ?? '';
  const email = get.object('defaultEmailAddress');
  const phone = get.object('defaultPhoneNumber');
  const consent = phone?.smsMarketingConsent;
  const place = get.object('defaultAddress');
  const values: SqlValue[] = [
    get.optional('displayName') ?? '',
    get.optional('firstName'),
    get.optional('lastName'),
    textOf(email?.emailAddress),
    textOf(phone?.phoneNumber),
    get.optional('state') ?? '',
    JSON.stringify(get.texts('tags')),
    get.integerOr('numberOfOrders', 0),
    toMinorUnits(textOf(spent?.amount), currency) ?? 0,
    currency,
    textOf(email?.marketingState),
    isJson(consent) ? textOf(consent.state) : null,
    textOf(place?.city),
    textOf(place?.province),
    textOf(place?.countryCodeV2),
    get.optional('locale'),
    get.flag('verifiedEmail'),
    get.flag('taxExempt'),
    numberOfGid(get.object('lastOrder')?.id),
    get.time('createdAt'),
    updatedAt,
  ];
  return {
    pk,
    updatedAt,
    values,
    raw,
    children:
      addresses === null ? null : { [ADDRESSES.table]: addresses.map((address) => addressFromGraphql(pk, address)) },
  };
};

/** Fields that Shopify has taken out of the webhook's body, by the API's version, and what they would say. */
const MAY_LACK: Readonly<Record<string, string>> = {
  orders_count: 'orders_count',
  amount_spent: 'total_spent',
  currency: 'currency',
  tags: 'tags',
  last_order_pk: 'last_order_id',
  verified_email: 'verified_email',
  locale: 'locale',
  email_marketing: 'email_marketing_consent',
  sms_marketing: 'sms_marketing_consent',
};

const addressFromWebhook = (parentPk: number, entry: Json): ChildRow => {
  const get = fieldsOf(entry, 'a customer with addresses');
  return {
    pk: get.pk('id'),
    parentPk,
    values: [
      get.optional('name'),
      get.optional('company'),
      get.optional('address1'),
      get.optional('address2'),
      get.optional('city'),
      get.optional('province'),
      get.optional('zip'),
      get.optional('country_code'),
      get.optional('phone'),
      JSON.stringify(entry),
    ],
  };
};

/** The REST-shaped body of `customers/create` and `customers/update`. */
export const customerFromWebhook = (shopCurrency: string | null, payload: unknown): MappedRecord => {
  const get = fieldsOf(payload, 'a customer');
  const pk = get.pk('id');
  const updatedAt = get.time('updated_at');
  const currency = get.optional('currency') ?? shopCurrency ?? '';
  const place = get.object('default_address');
  const name = [get.optional('first_name'), get.optional('last_name')].filter(Boolean).join(' ');
  const email = textOf(get.json.email);
  const marketing = get.object('email_marketing_consent');
  const sms = get.object('sms_marketing_consent');
  const values: SqlValue[] = [
    name !== '' ? name : (email ?? ''),
    get.optional('first_name'),
    get.optional('last_name'),
    email,
    textOf(get.json.phone),
    get.optional('state')?.toUpperCase() ?? '',
    JSON.stringify(get.texts('tags')),
    get.integerOr('orders_count', 0),
    get.amount('total_spent', currency) ?? 0,
    currency,
    textOf(marketing?.state)?.toUpperCase() ?? null,
    textOf(sms?.state)?.toUpperCase() ?? null,
    textOf(place?.city),
    textOf(place?.province),
    textOf(place?.country_code),
    get.optional('locale'),
    get.flag('verified_email'),
    get.flag('tax_exempt'),
    get.optionalPk('last_order_id'),
    get.optionalTime('created_at') ?? updatedAt,
    updatedAt,
  ];
  return {
    pk,
    updatedAt,
    values,
    raw: JSON.stringify(payload),
    keep: Object.entries(MAY_LACK).flatMap(([column, key]) => (get.json[key] === undefined ? [column] : [])),
    children: Array.isArray(get.json.addresses)
      ? { [ADDRESSES.table]: get.objects('addresses').map((entry) => addressFromWebhook(pk, entry)) }
      : {},
  };
};
