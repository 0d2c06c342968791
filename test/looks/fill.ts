import { expect, type Page } from '@playwright/test';

/** A call as the console makes it, with its session. */
const call = async <T>(page: Page, procedure: string, input: unknown, method: 'GET' | 'POST'): Promise<T> => {
  const body = JSON.stringify(input);
  const answer = await page.evaluate(
    async ([path, text, verb]) => {
      const response =
        verb === 'GET'
          ? await fetch(`/trpc/${path}?input=${encodeURIComponent(text)}`)
          : await fetch(`/trpc/${path}`, { method: verb, headers: { 'content-type': 'application/json' }, body: text });
      return { status: response.status, text: await response.text() };
    },
    [procedure, body, method] as const,
  );
  expect(answer.status, `${procedure}: ${answer.text}`).toBe(200);
  return (JSON.parse(answer.text) as { result: { data: T } }).result.data;
};

/** A package that can be handed over, an erasure that waits, one that is held, and one that was verified: of real customers of the store. */
export const makePrivacyRequests = async (page: Page): Promise<void> => {
  const { items } = await call<{ items: { id: string; shop: string }[] }>(page, 'customers.list', { limit: 4 }, 'GET');
  const enter = async (kind: 'data_request' | 'redact', index: number): Promise<string> => {
    const customer = items[index];
    if (customer === undefined) throw new Error('The store has too few customers.');
    const customerId = customer.id.replace(/\D+/g, '');
    const input = { shop: customer.shop, kind, customerId, note: 'By letter, answered on the phone' };
    return (await call<{ id: string }>(page, 'privacy.enter', input, 'POST')).id;
  };
  await enter('data_request', 0);
  await enter('redact', 1);
  await call(page, 'privacy.hold', { id: await enter('redact', 2), reason: 'An invoice is still disputed' }, 'POST');
  const gone = await enter('redact', 3);
  await call(page, 'privacy.run', { id: gone, step: 'erase' }, 'POST');
  await expect
    .poll(async () => (await call<{ state: string }>(page, 'privacy.get', { id: gone }, 'GET')).state, {
      timeout: 30_000,
    })
    .toBe('verified');
};
