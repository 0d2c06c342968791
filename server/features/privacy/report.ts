import type { EvidenceCheck } from '../../../shared/api/privacy.ts';
import type { StoredEvidence } from './evidence.ts';

const HOW_TO_CHECK =
  'Each entry’s hash is the SHA-256 (hex) of the JSON list [seq, at, kind, shop, request_id, facts, previous], where facts is the text as given here and previous is the hash of the entry before (64 zeros for the first). “npm run verify-evidence -- FILE” checks this file; with the installation’s key the seals (HMAC-SHA-256 of each hash) can be checked as well.';

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** The whole log as JSON, for programs; checked by `scripts/verify-evidence.mjs`. */
export const jsonReport = async function* (
  check: EvidenceCheck,
  entries: AsyncIterable<StoredEvidence>,
): AsyncIterable<string> {
  yield `{"report":"Backroom privacy evidence","check":${JSON.stringify(check)},"howToCheck":${JSON.stringify(HOW_TO_CHECK)},"entries":[`;
  let separator = '\n';
  for await (const entry of entries) {
    yield `${separator}${JSON.stringify(entry)}`;
    separator = ',\n';
  }
  yield '\n]}\n';
};

/** The whole log as a page to read and print. */
export const htmlReport = async function* (
  check: EvidenceCheck,
  entries: AsyncIterable<StoredEvidence>,
): AsyncIterable<string> {
  yield `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Privacy evidence</title>
<style>:root{color-scheme:light dark}body{font:14px/1.45 system-ui,sans-serif;margin:2rem;max-width:80rem}table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #8884}td{overflow-wrap:anywhere}code{font-size:12px}
.ok{font-weight:600}thead{display:table-header-group}tr{break-inside:avoid}</style></head><body>
<h1>Privacy evidence</h1>
<p class="ok">${
    check.ok
      ? `The log is whole: ${check.entries} entries, none changed, none missing.`
      : `The log is not whole: entry ${check.problem?.seq}. ${escapeHtml(check.problem?.message ?? '')}`
  }</p>
<p>Checked ${escapeHtml(check.checkedAt)}. Hash of the last entry: <code>${escapeHtml(check.head)}</code></p>
<p>${escapeHtml(HOW_TO_CHECK)}</p>
<table><thead><tr><th>No.</th><th>Time (UTC)</th><th>What</th><th>Store</th><th>Request</th><th>Facts</th><th>Hash</th></tr></thead><tbody>
`;
  for await (const entry of entries)
    yield `<tr><td>${entry.seq}</td><td>${escapeHtml(entry.at)}</td><td>${escapeHtml(entry.kind)}</td><td>${escapeHtml(entry.shop ?? '')}</td><td><code>${escapeHtml(entry.request_id ?? '')}</code></td><td><code>${escapeHtml(entry.facts)}</code></td><td><code>${entry.hash}</code></td></tr>\n`;
  yield '</tbody></table></body></html>\n';
};
