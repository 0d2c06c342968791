import { expect, it } from 'vitest';
import { startHarness } from './harness.ts';
it('x', async () => {
  const h = await startHarness({ byToken: true });
  await h.storeWhen((store) => store.productSync.phase === 'done' && store.pixelActive);
  await h.control('faults', { clear: true, next: [{ kind: '502', times: 10 }] });
  const a = await h.api(`/stores/${h.shop}/repair`, { method: 'POST', body: '{}' });
  console.log(a.status, JSON.stringify(a.body).slice(0, 600), h.lines.length);
  await h.close();
  expect(1).toBe(1);
});
