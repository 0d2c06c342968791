import { launchBackroom } from './electron-fixture.ts';
import { execSync } from 'node:child_process';
import { test } from '@playwright/test';
test('try', async () => {
  test.setTimeout(120000);
  const b = await launchBackroom();
  await b.window.waitForTimeout(3000);
  const count = () => execSync("ss -xa | grep -c 'backroom-.*s1' || true").toString().trim() + '\n' + execSync("ss -xa | grep 'backroom-' || true").toString();
  console.log(count());
  await b.window.evaluate(async () => {
    const g = globalThis as any;
    g.list = [];
    for (let i = 0; i < 10; i++) { const e = new EventSource('/live'); g.list.push(e); }
    g.ac = new AbortController();
    for (let i = 0; i < 10; i++) fetch('/live', { signal: g.ac.signal }).then((r) => { g.n = (g.n ?? 0) + 1; return r.body!.getReader().read(); }).catch(() => 0);
  });
  await b.window.waitForTimeout(1500);
  console.log('open', count().split('\n')[0]);
  await b.window.evaluate(() => { const g = globalThis as any; g.list.forEach((e: EventSource) => e.close()); g.ac.abort(); return g.n; }).then(console.log);
  await b.window.waitForTimeout(1500);
  console.log('closed', count().split('\n')[0]);
  await b.window.reload();
  await b.window.waitForTimeout(2500);
  console.log('reload', count().split('\n')[0]);
  // upload
  console.log(await b.window.evaluate(async () => { const r = await fetch('/trpc/settings.importCredentials', { method: 'POST', headers: {'content-type':'application/json'}, body: JSON.stringify({fileName:'.env', text: 'x'.repeat(90000)}) }); return [r.status, (await r.text()).slice(0, 300)]; }));
  console.log(await b.window.evaluate(async () => { const t = performance.now(); for (let i = 0; i < 100; i++) await (await fetch('/readyz')).text(); return (performance.now() - t) / 100; }), 'ms per call');
  console.log(await b.window.evaluate(() => [typeof (globalThis as any).backroom.openExternal, Object.keys((globalThis as any).backroom), typeof (globalThis as any).require, typeof (globalThis as any).process, window.open('https://example.com')]));
  console.log(await b.window.evaluate(() => (globalThis as any).backroom.openExternal('file:///etc/passwd').catch((e: Error) => e.message)));
  console.log(await b.window.evaluate(() => navigator.clipboard.writeText('x').then(() => 'clip ok', (e) => String(e))));
  console.log(await b.window.evaluate(() => navigator.permissions.query({ name: 'notifications' as PermissionName }).then((p) => p.state)));
  await b.window.evaluate(() => { location.href = 'https://example.com/'; });
  await b.window.waitForTimeout(800);
  console.log(b.window.url());
  console.log(await b.window.evaluate(() => { try { return String(eval('1+1')); } catch (e) { return String(e); } }));
  await b.close();
});
