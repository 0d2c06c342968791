import { escapeHtml } from './pages.ts';

/** What the page shows; the same as `GET /_demo/state`. */
export interface ControlState {
  readonly now: string;
  readonly shops: readonly {
    readonly shop: string;
    readonly name: string;
    readonly isInstalled: boolean;
    readonly products: number;
    readonly orders: number;
    readonly customers: number;
    readonly throttle: { readonly currentlyAvailable: number; readonly maximumAvailable: number };
    readonly subscriptions: readonly {
      readonly topic: string;
      readonly uri: string;
      readonly consecutiveFailures: number;
    }[];
    readonly pixel: { readonly endpoint: string | null } | null;
  }[];
  readonly deliveries: {
    readonly delivered: number;
    readonly failed: number;
    readonly forged: number;
    readonly retriesPending: number;
    readonly subscriptionsRemoved: number;
    readonly recent: readonly {
      readonly at: string;
      readonly shop: string;
      readonly topic: string;
      readonly attempt: number;
      readonly status: number | null;
    }[];
  };
  readonly faultsPending: number;
}

const STYLE = `
  :root { color-scheme: light dark; --ink: #1c1f23; --soft: #5c636b; --line: #d9dce0; --page: #f1f2f4; --card: #fff; --go: #1f6f50; }
  @media (prefers-color-scheme: dark) { :root { --ink: #eceef0; --soft: #a3aab2; --line: #363b41; --page: #17191c; --card: #212428; --go: #57b894; } }
  * { box-sizing: border-box; }
  body { margin: 0; background: var(--page); color: var(--ink); font: 14px/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
  header { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; padding: 16px 24px; border-bottom: 1px solid var(--line); background: var(--card); position: sticky; top: 0; }
  h1 { font-size: 16px; margin: 0; } h2 { font-size: 14px; margin: 0 0 12px; }
  header output { flex: 1 1 280px; color: var(--soft); overflow-wrap: anywhere; }
  main { display: grid; grid-template-columns: repeat(auto-fit, minmax(320px, 1fr)); gap: 16px; padding: 24px; max-width: 1400px; }
  section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 16px; } section.wide { grid-column: 1 / -1; }
  .row { display: flex; flex-wrap: wrap; gap: 8px; margin-bottom: 8px; }
  button, select { font: inherit; padding: 5px 10px; border-radius: 6px; border: 1px solid var(--line); background: transparent; color: inherit; cursor: pointer; }
  select option { color: initial; } button:hover { border-color: var(--soft); } button:focus-visible, select:focus-visible { outline: 2px solid var(--go); outline-offset: 1px; }
  table { width: 100%; border-collapse: collapse; } th { text-align: left; font-weight: 500; color: var(--soft); } th, td { padding: 4px 12px 4px 0; border-top: 1px solid var(--line); } td.n, th.n { text-align: right; }
  p { margin: 0 0 8px; color: var(--soft); } .scroll { overflow-x: auto; }`;

type Button = readonly [label: string, path: string, body: object];
const GROUPS: readonly (readonly [title: string, note: string, buttons: readonly Button[]])[] = [
  [
    'Products',
    'Of a product picked at random.',
    [
      ['Edit a product', 'products/update', {}],
      ['Edit 100', 'products/update', { count: 100 }],
      ['Add a product', 'products/create', {}],
      ['Delete a product', 'products/delete', {}],
    ],
  ],
  [
    'Orders',
    'What is not possible for the order picked is said above.',
    [
      ['Place an order', 'orders/place', {}],
      ['Place 100', 'orders/place', { count: 100 }],
      ['Pay', 'orders/pay', {}],
      ['Fulfil', 'orders/fulfill', {}],
      ['Refund a piece', 'orders/refund', {}],
      ['Refund all', 'orders/refund', { whole: true }],
      ['Cancel', 'orders/cancel', {}],
      ['Delete', 'orders/delete', {}],
    ],
  ],
  [
    'Customers and privacy',
    'The last four are compliance topics or follow from an uninstall.',
    [
      ['Add a customer', 'customers/create', {}],
      ['Edit a customer', 'customers/update', {}],
      ['Delete a customer', 'customers/delete', {}],
      ['Ask for data', 'customers/data-request', {}],
      ['Redact a customer', 'customers/redact', {}],
      ['Redact the shop', 'shop/redact', {}],
      ['Uninstall the app', 'uninstall', {}],
    ],
  ],
  [
    'Traffic and time',
    'A burst is a mixture of product, order and customer changes.',
    [
      ['Burst of 100', 'burst', { count: 100 }],
      ['Burst of 2,000', 'burst', { count: 2000 }],
      ['One hour later', 'time', { ms: 3_600_000 }],
      ['Four hours later', 'time', { ms: 14_400_000 }],
      ['Two days later', 'time', { ms: 172_800_000 }],
      ['Seven days later', 'time', { ms: 604_800_000 }],
    ],
  ],
  [
    'Faults of the Admin API',
    'Each meets the next requests, once for every click.',
    [
      ['Slow, 5 s', 'faults', { next: [{ kind: 'slow', ms: 5000 }] }],
      ['500', 'faults', { next: [{ kind: '500' }] }],
      ['502', 'faults', { next: [{ kind: '502' }] }],
      ['429', 'faults', { next: [{ kind: '429' }] }],
      ['Throttled', 'faults', { next: [{ kind: 'throttled' }] }],
      ['Connection cut', 'faults', { next: [{ kind: 'drop' }] }],
      ['Bulk file cut after 1 MB', 'faults', { next: [{ kind: 'cut', path: '/bulk/', after: 1_000_000 }] }],
      ['Bulk operation fails', 'faults', { next: [{ kind: 'bulk', path: 'bulk/fail', after: 100 }] }],
      ['Forget all faults', 'faults', { next: [], clear: true }],
    ],
  ],
  [
    'Webhooks and search',
    'How Shopify behaves on a bad day, until switched back.',
    [
      ['Forge one', 'webhook', { topic: 'products/update', forge: 'signature' }],
      ['10 % twice, 10 % out of order', 'habits', { duplicates: 0.1, disorder: 0.1 }],
      ['Both header families', 'habits', { headers: 'both' }],
      ['Send nothing', 'habits', { silent: true }],
      ['All as usual', 'habits', { duplicates: 0, disorder: 0, forged: 0, headers: 'webhooks', silent: false }],
      ['Drop all subscriptions', 'subscriptions/drop', {}],
      ['Search lags 30 s', 'traps', { searchLagMs: 30_000 }],
      ['Search at once', 'traps', { searchLagMs: 0 }],
      ['Refuse e-mail fields', 'traps', { deniedFields: ['Customer.defaultEmailAddress', 'Order.email'] }],
      ['Approve all fields', 'traps', { deniedFields: [] }],
    ],
  ],
];

const SCRIPT = `
  const out = document.querySelector('output'), shop = document.querySelector('select');
  const chosen = new URLSearchParams(location.search).get('shop'); if (chosen) shop.value = chosen;
  document.addEventListener('click', async (event) => {
    const button = event.target.closest('button[data-path]'); if (!button) return;
    out.textContent = button.textContent + ' …';
    const response = await fetch('/_demo/' + button.dataset.path, { method: 'POST', headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ shop: shop.value, ...JSON.parse(button.dataset.body) }) });
    const text = (await response.text()).slice(0, 200);
    out.textContent = button.textContent + ': ' + (response.ok ? text : response.status + ' ' + text);
  });
  document.querySelector('#again').addEventListener('click', () => { location.search = '?shop=' + encodeURIComponent(shop.value); });`;

const cell = (value: string | number): string =>
  typeof value === 'number' ? `<td class="n">${value.toLocaleString('en-US')}</td>` : `<td>${escapeHtml(value)}</td>`;
const table = (heads: readonly string[], rows: readonly (readonly (string | number)[])[], empty: string): string =>
  rows.length === 0
    ? `<p>${escapeHtml(empty)}</p>`
    : `<div class="scroll"><table><thead><tr>${heads.map((head, at) => `<th${typeof rows[0]?.[at] === 'number' ? ' class="n"' : ''}>${escapeHtml(head)}</th>`).join('')}</tr></thead><tbody>${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('')}</tbody></table></div>`;

/** The page under `/_demo/`, for people: every handle of the control API that a click can pull, and what came of it. */
export const controlPage = (state: ControlState, nonce: string): string => {
  const { deliveries } = state;
  const shops = table(
    ['Shop', 'App', 'Products', 'Orders', 'Customers', 'API points left', 'Subscriptions', 'Pixel'],
    state.shops.map((shop) => [
      `${shop.name} (${shop.shop})`,
      shop.isInstalled ? 'installed' : 'not installed',
      shop.products,
      shop.orders,
      shop.customers,
      `${shop.throttle.currentlyAvailable} of ${shop.throttle.maximumAvailable}`,
      shop.subscriptions.length,
      shop.pixel ? (shop.pixel.endpoint ?? 'active') : 'none',
    ]),
    'There is no shop.',
  );
  const recent = table(
    ['Time', 'Shop', 'Topic', 'Attempt', 'Answer'],
    [...deliveries.recent]
      .reverse()
      .map((entry) => [
        entry.at.slice(11, 19),
        entry.shop,
        entry.topic,
        entry.attempt,
        entry.status === null ? 'none' : String(entry.status),
      ]),
    'Nothing was sent yet.',
  );
  const groups = GROUPS.map(
    ([title, note, buttons]) =>
      `<section><h2>${title}</h2><p>${note}</p><div class="row">${buttons
        .map(
          ([label, path, body]) =>
            `<button type="button" data-path="${path}" data-body="${escapeHtml(JSON.stringify(body))}">${label}</button>`,
        )
        .join('')}</div></section>`,
  ).join('');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Stand-in store</title><style>${STYLE}</style></head><body>
  <header><h1>Stand-in store</h1><label>Shop <select>${state.shops.map(({ shop, name }) => `<option value="${escapeHtml(shop)}">${escapeHtml(name)}</option>`).join('')}</select></label>
  <button type="button" id="again">Refresh</button><output aria-live="polite">Its time is ${escapeHtml(state.now.slice(0, 19).replace('T', ' '))} UTC.</output></header>
  <main><section class="wide"><h2>Shops</h2>${shops}</section>${groups}
  <section class="wide"><h2>Deliveries</h2><p>${deliveries.delivered.toLocaleString('en-US')} arrived, ${deliveries.failed.toLocaleString('en-US')} failed, ${deliveries.retriesPending} wait for another try, ${deliveries.subscriptionsRemoved} subscriptions dropped, ${state.faultsPending} faults to come.</p>${recent}</section></main>
  <script nonce="${nonce}">${SCRIPT}</script></body></html>`;
};
