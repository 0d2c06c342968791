import { MASK, type Masking, maskText } from '../../shared/mask.ts';
import { PERSON_FIELDS, PERSON_PARTS } from './personal-payload.ts';

/** They lead to a person, but name nobody, and without them deliveries and sessions could not be followed. */
const LINKS = new Set(
  ['customer_id', 'client_id', 'cart_token', 'checkout_token', 'token'].flatMap((key) => [
    key,
    key.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase()),
  ]),
);
/** Lists of a person's own texts that only Shopify's newer shapes have, and what was typed into a form. */
const MORE_PARTS = new Set(['addressesV2', 'elements']);
const NAMES = /^(name|first_?name|last_?name|display_?name|full_?name)$/i;
/** Within a person: facts that are the same for thousands of people, and ids, by which a record is found. */
const PLAIN =
  /^(id|gid|admin_graphql_api_id|__typename|type|kind|state|status|locale|gateway|namespace|key|marketing_?state|marketing_?opt_?in_?level|consent_?updated_?at|tags?|country|country_?code(_?v2)?|country_?name|province_?code|currency|currency_?code|verified_?email|tax_?exempt)$|_at$|[a-z]At$|amount|spent/i;
const EMAIL = /[a-z0-9._%+\-&'/=?^`{|}~!#$*]+@[a-z0-9.-]+\.[a-z]{2,}/gi;
/** Strings (also one that was cut off), marks, and everything else that stands between them. */
const TOKEN = /"(?:[^"\\]|\\.)*"|"[\s\S]*$|[{}[\],:]|[^\s{}[\],:"]+/g;
const LITERAL = /^(-?\d+(\.\d+)?([eE][+-]?\d+)?|true|false|null)$/;

interface Frame {
  readonly isObject: boolean;
  readonly isPerson: boolean;
  readonly key: string;
}

const unquoted = (token: string): string => {
  try {
    return String(JSON.parse(token));
  } catch (error) {
    if (error instanceof SyntaxError) return token.slice(1);
    throw error;
  }
};

const isPersonal = (key: string, inPerson: boolean, masking: Masking): boolean => {
  if (LINKS.has(key)) return false;
  const personal = PERSON_FIELDS.has(key) || (inPerson && !PLAIN.test(key));
  return personal && !(masking === 'contacts' && NAMES.test(key));
};

/**
 * A stored JSON text as the console may show it: what names a person is masked, everything else stays as it was written, to the byte (numbers
 * longer than JavaScript's keep their digits). What is not JSON, or was cut off, is masked as far as it can be taken apart.
 */
export const maskJsonText = (text: string, masking: Masking): string => {
  const stack: Frame[] = [];
  let key = '';
  let expectsKey = false;
  const maskString = (token: string): string => {
    const value = unquoted(token);
    if (isPersonal(key, stack.at(-1)?.isPerson ?? false, masking))
      return value === '' ? token : JSON.stringify(maskText(value));
    const kept = value.replace(EMAIL, maskText);
    return kept === value ? token : JSON.stringify(kept);
  };
  return text.replace(TOKEN, (token) => {
    const top = stack.at(-1);
    switch (token) {
      case '{':
      case '[':
        stack.push({
          isObject: token === '{',
          isPerson: (top?.isPerson ?? false) || PERSON_PARTS.has(key) || MORE_PARTS.has(key),
          key,
        });
        expectsKey = token === '{';
        return token;
      case '}':
      case ']':
        stack.pop();
        expectsKey = false;
        return token;
      case ',':
        expectsKey = top?.isObject ?? false;
        if (top && !top.isObject) key = top.key;
        return token;
      case ':':
        expectsKey = false;
        return token;
      default:
        break;
    }
    if (!token.startsWith('"')) return LITERAL.test(token) ? maskNumber(token, key) : MASK;
    if (!expectsKey) return maskString(token);
    key = unquoted(token);
    return token;
  });
};

/** A phone number that was written as a number. */
const maskNumber = (token: string, key: string): string =>
  /phone/i.test(key) && /^\d/.test(token) ? JSON.stringify(MASK) : token;

/** The same for a value that was taken apart already. */
export const maskJson = (value: unknown, masking: Masking): unknown =>
  value === undefined ? undefined : (JSON.parse(maskJsonText(JSON.stringify(value), masking)) as unknown);
