import type { DeclaredTable, FoundRecord } from '../../platform/personal-data.ts';

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** Stored JSON texts as what they hold. */
const readable = (value: unknown): unknown => {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
};

export interface PackageSection {
  readonly table: string;
  /** In words that the person can read. */
  readonly heading: string;
  readonly records: readonly { readonly id: string; readonly data: Readonly<Record<string, unknown>> }[];
}

export const toSections = (records: readonly FoundRecord[], tables: readonly DeclaredTable[]): PackageSection[] => {
  const byTable = new Map<string, { id: string; data: Record<string, unknown> }[]>();
  for (const { table, id, data } of records) {
    const list = byTable.get(table) ?? [];
    list.push({ id, data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, readable(value)])) });
    byTable.set(table, list);
  }
  const sections = [...byTable].map(([table, list]) => {
    const declared = tables.find((each) => each.table === table);
    return { table, heading: declared?.heading ?? words(table), records: list, leads: declared?.leads === true };
  });
  return [...sections.filter(({ leads }) => leads), ...sections.filter(({ leads }) => !leads)].map(
    ({ leads: _leads, ...section }) => section,
  );
};

/** A value in a spreadsheet that begins like a formula would be run as one. */
const csvCell = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
};

/** RFC 4180, with a header line. */
export const toCsv = (section: PackageSection): string => {
  const columns = [...new Set(section.records.flatMap(({ data }) => Object.keys(data)))];
  const lines = section.records.map(({ data }) => columns.map((column) => csvCell(data[column])).join(','));
  return `${[columns.map(csvCell).join(','), ...lines].join('\r\n')}\r\n`;
};

/** Names of columns that only who made the table understands. */
const PLAIN_NAMES: Readonly<Record<string, string>> = { pk: 'number', raw: 'as given by Shopify' };

const words = (column: string): string => {
  const name = PLAIN_NAMES[column] ?? column.replace(/_pk$/, '_number');
  const text = name
    .replace(/_/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** `2026-11-28 19:12:19 UTC`; anything but a time stays as it is. */
const readableTime = (text: string): string =>
  text.replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(\.\d+)?Z$/, '$1 $2 UTC');

const valueHtml = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return '<span class="none">–</span>';
  if (Array.isArray(value))
    return value.length === 0
      ? '<span class="none">–</span>'
      : `<ol>${value.map((item) => `<li>${valueHtml(item)}</li>`).join('')}</ol>`;
  if (typeof value === 'object')
    return `<dl>${Object.entries(value)
      .map(([key, item]) => {
        // Beside their name, parts of parts would have no room: they stand below it.
        const isDeep = typeof item === 'object' && item !== null && Object.keys(item).length > 0;
        return `<dt>${escapeHtml(words(key))}</dt><dd${isDeep ? ' class="deep"' : ''}>${valueHtml(item)}</dd>`;
      })
      .join('')}</dl>`;
  return escapeHtml(readableTime(String(value)));
};

/** How a record is called, after its number, so that it can be found without opening each. */
const titleOf = (data: Readonly<Record<string, unknown>>): string => {
  const name = [data.name, data.display_name, data.title, data.topic, data.kind].find(
    (text) => typeof text === 'string' && text !== '',
  );
  return name === undefined ? '' : `: ${escapeHtml(String(name))}`;
};

export interface PackageFacts {
  readonly store: string;
  readonly requestNumber: number;
  readonly receivedAt: string;
  readonly collectedAt: string;
  /** Who answers for it; empty: nobody is named. */
  readonly owner: string;
}

/** A page that needs nothing else: no script, no outside file; it can be printed. */
export const toHtml = (sections: readonly PackageSection[], facts: PackageFacts): string => {
  const rows = sections.reduce((sum, section) => sum + section.records.length, 0);
  const contents = sections
    .map(
      ({ table, heading, records }) =>
        `<li><a href="#${escapeHtml(table)}">${escapeHtml(heading)}</a> (${records.length})</li>`,
    )
    .join('');
  const bodies = sections
    .map(
      ({ table, heading, records }) =>
        `<section id="${escapeHtml(table)}"><h2>${escapeHtml(heading)}</h2><p class="about">As a table: <code>csv/${escapeHtml(table)}.csv</code></p>${records
          .map(
            ({ data }, index) =>
              `<details${records.length <= 5 ? ' open' : ''}><summary>Record ${index + 1} of ${records.length}${titleOf(data)}</summary>${valueHtml(data)}</details>`,
          )
          .join('')}</section>`,
    )
    .join('');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Personal data held by ${escapeHtml(facts.store)}</title>
<style>:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin:2rem 0 .25rem}.about,.none{opacity:.7}dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.15rem .75rem;margin:.25rem 0}
dt{opacity:.75}dd{margin:0;overflow-wrap:anywhere}dd.deep{grid-column:1/-1;padding-left:1.25rem;border-left:2px solid #8884}details{border-top:1px solid #8884;padding:.4rem 0}summary{cursor:pointer;font-weight:600}ol{margin:0;padding-left:1.25rem}
@media print{details{break-inside:avoid}details::details-content{content-visibility:visible;block-size:auto}}</style></head>
<body><h1>Personal data held by ${escapeHtml(facts.store)}</h1>
<p>Request ${facts.requestNumber}, received ${readableTime(escapeHtml(facts.receivedAt))}. Collected ${readableTime(escapeHtml(facts.collectedAt))}: ${rows} records.
The same data is in <code>data.json</code> and, as tables, in the <code>csv</code> folder.${facts.owner === '' ? '' : ` Questions are answered by ${escapeHtml(facts.owner)}.`}</p>
${rows === 0 ? '<p>Nothing is held about this person.</p>' : `<ul>${contents}</ul>`}
${bodies}</body></html>
`;
};
