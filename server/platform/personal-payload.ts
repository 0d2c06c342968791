import { namesEmail } from './email-in-text.ts';
import type { Mention, Person, PersonHints } from './personal-data.ts';

/** What stands in the place of a text that could not be taken apart. */
export const ERASED = '[erased]';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a payload was a person, and is only the mark of one. */
export const isErased = (payload: unknown): boolean => isObject(payload) && payload.erased === true;

/** Objects and lists that describe a person; the order's own facts are outside of them. Both of Shopify's spellings. */
export const PERSON_PARTS: ReadonlySet<string> = new Set(
  [
    'customer',
    'billing_address',
    'shipping_address',
    'default_address',
    'addresses',
    'destination',
    'client_details',
    'payment_details',
    'receipt',
    'note_attributes',
    'properties',
    'custom_attributes',
    'customer_journey_summary',
    'email_marketing_consent',
    'sms_marketing_consent',
    'default_email_address',
    'default_phone_number',
    'metafields',
  ].flatMap((key) => [key, toCamel(key)]),
);
/** Single values that name a person or lead to one. */
export const PERSON_FIELDS: ReadonlySet<string> = new Set(
  [
    'email',
    'contact_email',
    'email_address',
    'phone',
    'phone_number',
    'sms_marketing_phone',
    'first_name',
    'last_name',
    'display_name',
    'full_name',
    'customer_id',
    'browser_ip',
    'client_ip',
    'user_agent',
    'client_id',
    'note',
    'order_status_url',
    'status_page_url',
    'landing_site',
    'referring_site',
    'cart_token',
    'checkout_token',
    'token',
    'tracking_number',
    'tracking_numbers',
    'tracking_url',
    'tracking_urls',
  ].flatMap((key) => [key, toCamel(key)]),
);
const PHONE_KEYS = /phone/i;
const CUSTOMER_GID = /gid:\/\/shopify\/Customer\/(\d+)/g;
const EMAIL = /[a-z0-9._%+\-&'/=?^`{|}~!#$*]+@[a-z0-9.-]+\.[a-z]{2,}/gi;
const PHONE_LIKE = /^\+?[\d\s().\-/]{7,25}$/;
/** Shorter numbers are too likely to be something else than a customer when they stand by themselves. */
const TELLING_ID_DIGITS = 7;
/** A national number and the same with its country code share so many digits at the end. */
const PHONE_TAIL = 9;

function toCamel(key: string): string {
  return key.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export const digitsOf = (text: string): string => text.replace(/\D/g, '');
/** `gid://shopify/Customer/12`, `12` or 12. */
export const idDigits = (id: string | number): string => /(\d+)(?:\?.*)?$/.exec(String(id))?.[1] ?? '';
export const normalEmail = (email: string): string => email.trim().toLowerCase();

export const samePhone = (left: string, right: string): boolean => {
  if (left.length < PHONE_TAIL || right.length < PHONE_TAIL) return left === right && left !== '';
  return left.slice(-PHONE_TAIL) === right.slice(-PHONE_TAIL);
};

/** What Shopify's JSON writes instead of these characters; a search in stored text has to know both spellings. */
const jsonEscaped = (text: string): string =>
  text.replace(/[&<>]|[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

const emailSpellings = ({ emails }: Person): string[] => emails.flatMap((email) => [email, jsonEscaped(email)]);

/** Spellings by which a text about the person can be found before it is taken apart; lower case. */
export const searchTerms = (person: Person): { texts: string[]; phoneTails: string[] } => ({
  texts: [
    ...new Set([
      ...emailSpellings(person),
      ...person.customerIds,
      ...person.orderIds,
      ...person.clientIds.map((id) => id.toLowerCase()),
    ]),
  ],
  phoneTails: person.phones.map((phone) => phone.slice(-PHONE_TAIL)),
});

const textIsAbout = (text: string, key: string, person: Person): boolean => {
  const lower = text.toLowerCase();
  if (emailSpellings(person).some((email) => namesEmail(lower, email))) return true;
  for (const [, id] of text.matchAll(CUSTOMER_GID))
    if (id !== undefined && person.customerIds.includes(id)) return true;
  if (/^gid:\/\/shopify\/Order\/\d+/.test(text) && person.orderIds.includes(idDigits(text))) return true;
  if (person.clientIds.includes(text)) return true;
  if (PHONE_LIKE.test(text) || PHONE_KEYS.test(key)) {
    const digits = digitsOf(text);
    if (digits !== '' && person.phones.some((phone) => samePhone(phone, digits))) return true;
  }
  return /^\d+$/.test(text) && idIsAbout(text, key, '', person);
};

const idIsAbout = (digits: string, key: string, parent: string, person: Person): boolean => {
  const telling = digits.length >= TELLING_ID_DIGITS;
  const isCustomerKey = /customer/i.test(key) || (key === 'id' && /customer/i.test(parent));
  if (person.customerIds.includes(digits) && (telling || isCustomerKey)) return true;
  const isOrderKey = /order/i.test(key) || key === 'id';
  return person.orderIds.includes(digits) && isOrderKey && (telling || /order/i.test(key) || /order/i.test(parent));
};

/** Whether anything in a parsed payload belongs to the person. The first `key` names the root, e.g. a webhook topic. */
const isAbout = (value: unknown, person: Person, key = '', parent = ''): boolean => {
  if (typeof value === 'string') return textIsAbout(value, key, person);
  if (typeof value === 'number') return idIsAbout(String(value), key, parent, person);
  if (Array.isArray(value)) return value.some((item) => isAbout(item, person, key, parent));
  if (!isObject(value)) return false;
  return Object.entries(value).some(
    ([name, item]) => textIsAbout(name, '', person) || isAbout(item, person, name, key),
  );
};

/** A payload whose root is a customer, as `customers/*` sends it. */
const isPersonItself = (value: Record<string, unknown>): boolean =>
  !('line_items' in value || 'lineItems' in value) &&
  ('first_name' in value || 'firstName' in value) &&
  ('email' in value || 'addresses' in value || 'default_address' in value || 'defaultAddress' in value);

const emptied = (value: unknown): Json => (Array.isArray(value) ? [] : null);

const withoutPerson = (value: unknown, person: Person, key = '', parent = ''): Json => {
  if (typeof value === 'string') return textIsAbout(value, key, person) ? null : value;
  if (typeof value === 'number')
    return person.customerIds.includes(String(value)) && idIsAbout(String(value), key, parent, person) ? null : value;
  if (Array.isArray(value)) return value.map((item) => withoutPerson(item, person, key, parent));
  if (!isObject(value)) return (value as Json) ?? null;
  const kept: { [key: string]: Json } = {};
  for (const [name, item] of Object.entries(value)) {
    if (textIsAbout(name, '', person)) continue;
    kept[name] =
      PERSON_PARTS.has(name) || PERSON_FIELDS.has(name) ? emptied(item) : withoutPerson(item, person, name, key);
  }
  return kept;
};

/**
 * A payload about the person without them: amounts, lines and ids of orders stay, whatever names or leads to the person goes. `kind` names
 * the root, e.g. a webhook topic.
 */
export const anonymise = (value: unknown, person: Person, kind = ''): unknown => {
  if (kind.startsWith('customers/') || (isObject(value) && isPersonItself(value))) return { erased: true };
  return withoutPerson(value, person, kind);
};

const parse = (text: string): { value: unknown } | null => {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

/** Whether a stored text, JSON or not, is about the person. `kind` names its root: in a `customers/…` payload `id` is the customer. */
export const textIsOf = (text: string, person: Person, kind = ''): boolean => {
  const parsed = parse(text);
  // A bare number may be an id or a phone number: it is looked at as the text it is.
  if (parsed && typeof parsed.value !== 'number') return isAbout(parsed.value, person, kind);
  if (textIsAbout(text, kind, person)) return true;
  const lower = text.toLowerCase();
  // Addresses were looked for above: a longer one that holds theirs is somebody else's.
  const { texts, phoneTails } = searchTerms({ ...person, emails: [] });
  if (texts.some((term) => term.length >= TELLING_ID_DIGITS && lower.includes(term))) return true;
  const bare = lower.replace(/[\s().-]/g, '');
  return phoneTails.some((tail) => tail.length >= TELLING_ID_DIGITS && bare.includes(tail));
};

/** The text as it may stay. What can't be taken apart, or would still name the person, goes as a whole. */
export const anonymiseText = (text: string, person: Person, kind = ''): string => {
  const parsed = parse(text);
  if (!parsed) return ERASED;
  const kept = anonymise(parsed.value, person, kind);
  return isAbout(kept, { ...person, orderIds: [] }, kind) ? JSON.stringify({ erased: true }) : JSON.stringify(kept);
};

const textOf = (object: Record<string, unknown>, ...keys: string[]): string | null => {
  for (const key of keys) {
    const value = object[key];
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') return String(value);
  }
  return null;
};

/** What a customer object says of itself, when it is the person's. */
const hintsOfCustomer = (customer: Record<string, unknown>, person: Person): PersonHints | null => {
  const id = idDigits(textOf(customer, 'id', 'admin_graphql_api_id') ?? '');
  const email = normalEmail(textOf(customer, 'email') ?? '');
  const phone = digitsOf(textOf(customer, 'phone') ?? '');
  const isTheirs =
    person.customerIds.includes(id) ||
    person.emails.includes(email) ||
    (phone !== '' && person.phones.some((known) => samePhone(known, phone)));
  if (!isTheirs) return null;
  const present = (text: string): string[] => (text === '' ? [] : [text]);
  return { customerIds: present(id), emails: present(email), phones: present(phone) };
};

/**
 * What a stored text adds to what is known of the person: only a customer object that carries one of their identifiers is believed, and the
 * order around it is theirs. Addresses are not: a household shares them.
 */
export const hintsIn = (text: string, person: Person, kind = ''): PersonHints[] => {
  const parsed = parse(text);
  if (!parsed || !isObject(parsed.value)) return [];
  const root = parsed.value;
  const hints: PersonHints[] = [];
  if (kind.startsWith('customers/')) {
    const own = hintsOfCustomer(root, person);
    if (own) hints.push(own);
  }
  if (isObject(root.customer)) {
    const own = hintsOfCustomer(root.customer, person);
    const order = kind.startsWith('orders/') ? idDigits(textOf(root, 'id') ?? '') : '';
    if (own) hints.push(order === '' ? own : { ...own, orderIds: [order] });
  }
  return hints;
};

/** Everybody that a stored text mentions. Generous: what is found here is only compared with the list of erased people. */
export const mentionsIn = (text: string, kind = ''): Omit<Mention, 'shop'> => {
  const parsed = parse(text);
  const customerIds = new Set<string>();
  const phones = new Set<string>();
  const emails = new Set<string>();
  const walk = (value: unknown, key: string, parent: string): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, key, parent);
    else if (isObject(value)) for (const [name, item] of Object.entries(value)) walk(item, name, key);
    else if (typeof value === 'string' || typeof value === 'number') {
      const string = String(value);
      if (/customer/i.test(key) || (key === 'id' && /customer/i.test(parent))) {
        if (/^\d+$/.test(string)) customerIds.add(string);
      }
      if (PHONE_KEYS.test(key) && digitsOf(string) !== '') phones.add(digitsOf(string));
      for (const [email] of string.matchAll(EMAIL)) emails.add(email.toLowerCase());
    }
  };
  if (parsed) walk(parsed.value, kind, '');
  else for (const [email] of text.matchAll(EMAIL)) emails.add(email.toLowerCase());
  for (const [, id] of text.matchAll(CUSTOMER_GID)) if (id !== undefined) customerIds.add(id);
  return { customerIds: [...customerIds], phones: [...phones], emails: [...emails] };
};
