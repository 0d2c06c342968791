import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Harness, startHarness } from './harness.ts';

let h: Harness;
beforeAll(async () => {
  h = await startHarness();
});
afterAll(() => h.close());

const moveTo = (ownUrl: string) => h.app.services.tunnel.save({ mode: 'own-url', ownUrl });
const taken = async () => (await h.app.services.settings.credentials()).appTomlTaken;

it('says which fields of shopify.app.toml differ once the public address is another one, also after a restart', async () => {
  expect(await taken()).toBeNull();
  await moveTo('https://first.example');
  expect(await h.app.services.settings.takeAppToml()).toMatchObject({ appTomlTaken: { changes: [] } });
  await moveTo('https://second.example');
  const changed = [
    ['application_url', 'https://first.example/auth/start', 'https://second.example/auth/start'],
    ['auth.redirect_urls', 'https://first.example/auth/callback', 'https://second.example/auth/callback'],
    [
      'webhooks.subscriptions.uri (compliance topics)',
      'https://first.example/webhooks',
      'https://second.example/webhooks',
    ],
  ].map(([field, before, now]) => ({ field, before, now }));
  expect((await taken())?.changes).toEqual(changed);
  await h.restart();
  expect((await taken())?.changes).toEqual(changed);
  await h.app.services.settings.takeAppToml();
  expect((await taken())?.changes).toEqual([]);
});

it('does not take an address of this computer for a change', async () => {
  await h.app.services.tunnel.save({ mode: 'off' });
  expect((await taken())?.changes).toEqual([]);
});
