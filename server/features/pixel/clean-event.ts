/** Personal data that a checkout, a customer or a theme's own event may carry; never stored. */
export const PERSONAL_KEYS: ReadonlySet<string> = new Set([
  'email',
  'phone',
  'smsMarketingPhone',
  'billingAddress',
  'shippingAddress',
  'defaultAddress',
  'addresses',
  'firstName',
  'lastName',
  'ip',
  'ipAddress',
]);
/** Any of these texts in a body, and some of it can be in there; an escaped letter could hide one. Looking for one text is quicker than for a choice of them. */
const SIGNS = ['@', '%40', '\\u'] as const;
const KEYS = new RegExp(`"(?:${[...PERSONAL_KEYS].join('|')})"`);
const CLICK_SIGNS = /(?:clid|braid|li_fat_id)=/;

const EMAIL = /[^\s"'<>()=&?/:;,]{1,64}(?:@|%40)[^\s"'<>()=&?/:;,]{1,190}\.[a-z]{2,24}/gi;
/** Ids that advertising networks give one person's click. */
const CLICK_ID = /([?&](?:gclid|gbraid|wbraid|fbclid|ttclid|msclkid|twclid|li_fat_id))=[^&#"]*/gi;

/** What has to be taken out of the events of one body, decided once for the body. */
export interface Cleaning {
  readonly personal: boolean;
  readonly clickIds: boolean;
}

export const cleaningFor = (body: string): Cleaning => ({
  personal: SIGNS.some((sign) => body.includes(sign)) || KEYS.test(body),
  clickIds: CLICK_SIGNS.test(body),
});

const cleanText = (text: string, options: Cleaning): string => {
  const plain = options.personal && /@|%40/.test(text) ? text.replace(EMAIL, '[e-mail]') : text;
  return options.clickIds ? plain.replace(CLICK_ID, '$1=[removed]') : plain;
};

/** JSON of a value with personal data emptied at every depth, and with e-mail addresses taken out of every text. */
export const cleanJson = (value: unknown, options: Cleaning): string =>
  JSON.stringify(value, (key, part: unknown) => {
    if (options.personal && PERSONAL_KEYS.has(key)) return null;
    return typeof part === 'string' ? cleanText(part, options) : part;
  });
