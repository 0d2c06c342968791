import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import {
  ADMIN_KEY,
  type Harness,
  MASTER_KEY,
  pixelEvent,
  productPayload,
  productsOf,
  startHarness,
} from './harness.ts';

/** Planted wherever something secret or personal may pass; none may reach a log line, at the most talkative level. */
const EMAIL = 'planted.customer@shopper.example';
const TOKEN = 'shpat_0123456789abcdef0123456789abcdef';
const SECRET = 'planted-client-secret-0123456789';
const TICKET = 'planted-ticket-0123456789abcdef';
const CODE = 'planted-code-0123456789abcdef';
const HMAC = 'planted0hmac0123456789abcdef';

let h: Harness;
let other: Harness;
beforeAll(async () => {
  other = await startHarness({ byToken: true, secret: SECRET, adminToken: TOKEN });
  await vi.waitFor(() => expect(other.lines.join('')).toContain('could not be connected'), { timeout: 5000 });
  // Last: the library's fetch belongs to the backend that started last in a process.
  h = await startHarness({ byToken: true });
  await h.storeWhen((store) => productsOf(store)?.phase === 'done' && store.pixelActive);
});
afterAll(async () => {
  await h.close();
  await other.close();
});

it('no token, secret or e-mail reaches a log line', async () => {
  // Webhooks: applied, of a wrong shape, no JSON, forged.
  const planted = { email: EMAIL, customer: { email: EMAIL }, access_token: TOKEN, note: SECRET };
  await h.webhook({ payload: productPayload(1, '2026-05-01T00:00:00Z', planted) });
  await h.webhook({ payload: { id: EMAIL, title: TOKEN, updated_at: EMAIL } });
  await h.webhook({ raw: `{"email":"${EMAIL}","token":"${TOKEN}"` });
  await h.webhook({ secret: SECRET, payload: planted });
  await vi.waitFor(async () => expect((await h.app.services.webhooks.summary()).dead).toBe(2));
  // Pixel: accepted, quarantined, no JSON.
  const checkout = { email: EMAIL, token: TOKEN, lineItems: [] };
  await h.pixel([pixelEvent({ name: 'checkout_completed', data: { checkout } }), { name: EMAIL, id: 5, email: EMAIL }]);
  await h.pixel(`{"email":"${EMAIL}`);
  await h.pixel(pixelEvent(), { key: TOKEN });
  // OAuth: a ticket, a callback and a code that are not ours; the exchange with a wrong secret.
  for (const backend of [h, other]) {
    await fetch(`${backend.app.publicUrl}/auth/start?ticket=${TICKET}`);
    await fetch(
      `${backend.app.publicUrl}/auth/callback?code=${CODE}&hmac=${HMAC}&shop=${backend.shop}&state=x&timestamp=1&email=${EMAIL}`,
    );
  }
  // Shopify: errors of every kind while the store's token is in use.
  for (const kind of ['graphql-error', '502', 'drop', 'throttled', 'access-denied']) {
    await h.control('faults', { clear: true, next: [{ kind, times: 10 }] });
    await h.api(`/stores/${h.shop}/repair`, { method: 'POST', body: '{}' });
  }
  // The private door: wrong keys, wrong input, a login.
  await fetch(`${h.app.privateUrl}/api/v1/stores`, { headers: { authorization: `Bearer ${TOKEN}` } });
  await h.api('/stores/connect', { method: 'POST', body: JSON.stringify({ shop: EMAIL }) });
  await h.api('/stores/connect', { method: 'POST', body: `{"shop":"${TOKEN}` });
  await fetch(h.app.createLoginUrl() ?? '', { redirect: 'manual' });

  const log = [...h.lines, ...other.lines].join('');
  expect(log).toContain('connecting a store failed');
  expect(log).toContain('trying again');
  const secrets = [
    EMAIL,
    TOKEN,
    SECRET,
    TICKET,
    CODE,
    HMAC,
    ADMIN_KEY,
    MASTER_KEY,
    h.demo.ready.adminToken,
    h.demo.ready.clientSecret,
  ];
  for (const secret of secrets) expect(log.includes(secret), secret).toBe(false);
  expect(log).not.toMatch(/shp(at|ca|ua|rt|pa|ss)_[A-Za-z0-9]{8}/);
  for (const line of [...h.lines, ...other.lines]) expect(() => JSON.parse(line) as unknown).not.toThrow();
});
