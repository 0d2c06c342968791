import { createHmac } from 'node:crypto';
import { expect } from 'vitest';
import type { Harness } from './harness.ts';

export interface Begun {
  readonly attempt: string;
  readonly shop: string;
  readonly url: string;
}

export const begin = (h: Harness, shop: string) =>
  h.api<Begun & { error: { message: string; code: string } }>('/stores/connect', {
    method: 'POST',
    body: JSON.stringify({ shop }),
  });

export const get = (url: string, cookie?: string): Promise<Response> =>
  fetch(url, { redirect: 'manual', ...(cookie ? { headers: { cookie } } : {}) });

export const cookieOf = (response: Response): string => response.headers.get('set-cookie')?.split(';', 1)[0] ?? '';

/** The address with this query, signed as Shopify does. */
export const signed = (h: Harness, address: URL, query: Readonly<Record<string, string>>, secret?: string): string => {
  const sorted = Object.entries(query)
    .filter(([name]) => name !== 'hmac')
    .sort(([left], [right]) => (left < right ? -1 : 1));
  const text = new URLSearchParams(sorted).toString().replaceAll('+', '%20');
  const hmac = createHmac('sha256', secret ?? h.demo.ready.clientSecret)
    .update(text)
    .digest('hex');
  return `${address.origin}${address.pathname}?${text}&hmac=${hmac}`;
};

/** The same answer with some of its fields changed, and signed anew. */
export const sign = (h: Harness, callback: URL, changes: Readonly<Record<string, string>>): string =>
  signed(h, callback, { ...Object.fromEntries(callback.searchParams), ...changes });

/** The person's browser: the ticket (or a start that was made already), Shopify's page, its form. Answers where Shopify sends the browser. */
export const approve = async (
  h: Harness,
  shop: string,
  started?: Response,
): Promise<{ begun: Begun; callback: URL; cookie: string; start: Response; authorize: URL }> => {
  const begun = started ? { attempt: '', shop, url: '' } : (await begin(h, shop)).body;
  const start = started ?? (await get(begun.url));
  expect(start.status).toBe(302);
  const authorize = new URL(start.headers.get('location') ?? '');
  const page = await (await get(authorize.href)).text();
  const form = new URLSearchParams({ decision: 'install' });
  for (const [, name = '', value = ''] of page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g))
    form.set(name, value.replaceAll('&amp;', '&'));
  const answer = await fetch(`${h.demo.ready.origin}/admin/oauth/authorize`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  expect(answer.status).toBe(302);
  return { begun, callback: new URL(answer.headers.get('location') ?? ''), cookie: cookieOf(start), start, authorize };
};
