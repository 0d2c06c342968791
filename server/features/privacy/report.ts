import type { EvidenceCheck } from '../../../shared/api/privacy.ts';
import type { StoredEvidence } from './evidence.ts';

const HOW_TO_CHECK =
  'Each entry’s hash is the SHA-256 (hex) of the JSON list [seq, at, kind, shop, request_id, facts, previous], where facts is the text as given here and previous is the hash of the entry before (64 zeros for the first). “npm run verify-evidence -- FILE” checks this file; with the installation’s key the seals (HMAC-SHA-256 of each hash) can be checked as well.';

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** The whole log as JSON, for programs; checked by `scripts/verify-evidence.mjs`. */
export const jsonReport = async function* (
  check: EvidenceCheck,
  entries: AsyncIterable<StoredEvidence>,
  owner: string,
): AsyncIterable<string> {
  yield `{"report":"Backroom privacy evidence","owner":${JSON.stringify(owner)},"check":${JSON.stringify(check)},"howToCheck":${JSON.stringify(HOW_TO_CHECK)},"entries":[`;
  let separator = '\n';
  for await (const entry of entries) {
    yield `${separator}${JSON.stringify(entry)}`;
    separator = ',\n';
  }
  yield '\n]}\n';
};

const readableTime = (iso: string): string => iso.replace(/^(\S{10})T(\S{8})\S*$/, '$1 $2');
/** `request.received` as `Request received`. */
const kindWords = (kind: string): string => {
  const text = kind.replace('.', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};
const factWords = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

const factHtml = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(factHtml).join(', ');
  if (typeof value !== 'object' || value === null) return escapeHtml(readableTime(String(value)));
  const facts = value as Readonly<Record<string, unknown>>;
  // Rows of a table are what most entries tell.
  if ('table' in facts && 'rows' in facts)
    return `${escapeHtml(String(facts.table))} ${escapeHtml(String(facts.rows))}${'how' in facts ? ` ${escapeHtml(String(facts.how))}` : ''}`;
  return Object.entries(facts)
    .map(([name, fact]) => `${escapeHtml(factWords(name))} ${factHtml(fact)}`)
    .join(', ');
};
const factsHtml = (text: string): string =>
  Object.entries(JSON.parse(text) as Record<string, unknown>)
    .map(([name, value]) => `<div><span class="dim">${escapeHtml(factWords(name))}:</span> ${factHtml(value)}</div>`)
    .join('');

/** The whole log as a page to read and print. `numberOf`: what people call a request by its id. */
export const htmlReport = async function* (
  check: EvidenceCheck,
  entries: AsyncIterable<StoredEvidence>,
  { owner, numberOf }: { readonly owner: string; readonly numberOf: (requestId: string) => number | null },
): AsyncIterable<string> {
  const requestHtml = (id: string | null): string => {
    const number = id === null ? null : numberOf(id);
    return id === null
      ? ''
      : `<span title="${escapeHtml(id)}">${number === null ? escapeHtml(id) : `Request ${number}`}</span>`;
  };
  yield `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Privacy evidence</title>
<style>:root{color-scheme:light dark}body{font:14px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem}h1{font-size:1.5rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid #8884}
td{overflow-wrap:anywhere}.n{white-space:nowrap}.dim,.hash{opacity:.75}.hash{font:11px/1.4 ui-monospace,monospace;overflow-wrap:anywhere}
.ok,.bad{font-weight:600;padding:.6rem .8rem;border-left:4px solid #1a7f4b}.bad{border-color:#c0271d}thead{display:table-header-group}tr{break-inside:avoid}</style></head><body>
<h1>Privacy evidence</h1>
<p class="${check.ok ? 'ok' : 'bad'}">${
    check.ok
      ? `The log is whole: ${check.entries} entries, none changed, none missing.`
      : `The log is not whole: entry ${check.problem?.seq}. ${escapeHtml(check.problem?.message ?? '')}`
  }</p>
<p>Checked ${readableTime(escapeHtml(check.checkedAt))} UTC.${owner === '' ? '' : ` Privacy requests are answered by ${escapeHtml(owner)}.`}<br>
Hash of the last entry: <span class="hash">${escapeHtml(check.head)}</span></p>
<p>This page is for reading. The JSON report of the same log is for checking: whoever keeps the hash above can tell later that no entry before it was changed.</p>
<table><thead><tr><th>No.</th><th>Time (UTC)</th><th>What</th><th>Store</th><th>Request</th><th>Facts and hash</th></tr></thead><tbody>
`;
  for await (const entry of entries)
    yield `<tr><td>${entry.seq}</td><td class="n">${readableTime(escapeHtml(entry.at))}</td><td class="n">${escapeHtml(kindWords(entry.kind))}</td><td class="n" title="${escapeHtml(entry.shop ?? '')}">${escapeHtml((entry.shop ?? '').replace(/\.myshopify\.com$/, ''))}</td><td class="n">${requestHtml(entry.request_id)}</td><td>${factsHtml(entry.facts)}<div class="hash">${entry.hash}</div></td></tr>\n`;
  yield '</tbody></table></body></html>\n';
};
