import type { FastifyReply } from 'fastify';
import { describeScope } from '../shop/scopes.ts';
import type { DemoShop } from '../shop/shop.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

const STYLE = `
  :root { color-scheme: light dark; --ink: #1c1f23; --soft: #5c636b; --line: #d9dce0; --page: #f1f2f4; --card: #fff; --go: #1f6f50; }
  @media (prefers-color-scheme: dark) { :root { --ink: #eceef0; --soft: #a3aab2; --line: #363b41; --page: #17191c; --card: #212428; --go: #2c8a65; } }
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
  main { width: min(480px, 100%); background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 28px; }
  h1 { font-size: 20px; line-height: 1.3; margin: 0 0 4px; }
  p { margin: 0 0 16px; color: var(--soft); }
  ul { list-style: none; margin: 0 0 24px; padding: 0; border: 1px solid var(--line); border-radius: 8px; }
  li { display: flex; justify-content: space-between; gap: 16px; padding: 10px 14px; } li + li { border-top: 1px solid var(--line); }
  code { color: var(--soft); font-size: 13px; }
  .buttons { display: flex; justify-content: flex-end; gap: 8px; }
  button { font: inherit; font-weight: 600; padding: 8px 16px; border-radius: 8px; border: 1px solid var(--line); background: transparent; color: inherit; cursor: pointer; }
  a.button { font-weight: 600; padding: 8px 16px; border-radius: 8px; border: 1px solid var(--line); color: inherit; text-decoration: none; }
  button[value=install] { background: var(--go); border-color: var(--go); color: #fff; }
  .note { margin: 20px 0 0; font-size: 13px; }`;

/** Pages take no picture, no other origin, and no script but one with this nonce; `form-action` is left out because it would hold the install's redirect back too. */
export const sendPage = (reply: FastifyReply, status: number, html: string, scriptNonce?: string): FastifyReply =>
  reply
    .code(status)
    .header(
      'Content-Security-Policy',
      `default-src 'none'; style-src 'unsafe-inline'; ${scriptNonce ? `script-src 'nonce-${scriptNonce}'; connect-src 'self'; ` : ''}base-uri 'none'; frame-ancestors 'none'`,
    )
    .header('Referrer-Policy', 'no-referrer')
    .header('Cache-Control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(html);

const page = (title: string, body: string, head = ''): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${head}<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;

/** What Shopify asks the merchant before an app gets in. `fields` come back with the form. */
export const installPage = (options: {
  app: string;
  shop: DemoShop;
  scopes: readonly string[];
  fields: Readonly<Record<string, string>>;
}): string => {
  const { app, shop, scopes } = options;
  const hidden = Object.entries(options.fields).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const rows = scopes.map(
    (scope) => `<li><span>${escapeHtml(describeScope(scope))}</span><code>${escapeHtml(scope)}</code></li>`,
  );
  return page(
    `Install ${app}`,
    `<h1>Install ${escapeHtml(app)} on ${escapeHtml(shop.profile.name)}?</h1><p>${escapeHtml(shop.profile.domain)}</p>
    ${scopes.length > 0 ? `<p>The app will be able to:</p><ul>${rows.join('')}</ul>` : ''}
    <form method="post" action="/admin/oauth/authorize">${hidden.join('')}
    <div class="buttons"><button name="decision" value="cancel">Cancel</button><button name="decision" value="install" autofocus>Install app</button></div></form>
    <p class="note">This is Backroom’s stand-in store, with invented data. At Shopify, the page looks different and does the same.</p>`,
  );
};

export const messagePage = (title: string, message: string): string =>
  page(title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(message)}</p>`);

/** The log-in that comes before the install page when the merchant's session has ended. It goes on by itself after a while. */
export const loginPage = (options: { shop: DemoShop; next: string; waitMs: number }): string => {
  const seconds = Math.ceil(options.waitMs / 1000);
  const next = escapeHtml(options.next);
  return page(
    'Log in',
    `<h1>Log in to ${escapeHtml(options.shop.profile.name)}</h1><p>${escapeHtml(options.shop.profile.owner)} · ${escapeHtml(options.shop.profile.email)}</p>
    <p>Checking the second factor. This takes ${seconds} s.</p><div class="buttons"><a class="button" href="${next}">Continue now</a></div>`,
    `<meta http-equiv="refresh" content="${seconds}; url=${next}">`,
  );
};
