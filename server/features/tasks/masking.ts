/** Names of fields whose values a monitor does not show. Whole words inside the name decide: `customerId` is one, `customerCount` is not. */
const SECRET = /token|secret|password|authorization|cookie|api_?key|hmac|signature/i;
const PERSONAL =
  /e_?mail|phone|first_?name|last_?name|full_?name|display_?name|address|^ip$|browser_?ip|customer(_?ids?|s)?$|^note$|zip|postal/i;

const maskValue = (value: unknown, key: string): unknown => {
  if (SECRET.test(key) && typeof value !== 'boolean') return '[secret]';
  if (PERSONAL.test(key) && value !== null && typeof value !== 'boolean') return '[personal]';
  if (Array.isArray(value)) return value.map((entry) => maskValue(entry, ''));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, maskValue(entry, name)]));
  return value;
};

/** JSON as it may be shown: without secrets and without the fields that name a person. `redact` removes what a pattern recognises. */
export const maskJson = (text: string, redact: (text: string) => string): string => {
  try {
    return redact(JSON.stringify(maskValue(JSON.parse(text), '')));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return redact(text);
  }
};
