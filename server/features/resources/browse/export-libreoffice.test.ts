import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exportWriter } from './export-format.ts';

/** What a spreadsheet could run, or read as something else than text. */
const HOSTILE = [
  '=1+1',
  "=cmd|'/C calc'!A0",
  '=HYPERLINK("http://evil.example")',
  '@SUM(1+1)',
  '+1+1',
  '-2+3',
  '\t=1+1',
  'a "quoted", title; with all\r\nand a line',
  'Größe 😀',
];

const isInstalled = spawnSync('soffice', ['--version']).status === 0;

const ENTITIES: Readonly<Record<string, string>> = { apos: "'", quot: '"', amp: '&', lt: '<', gt: '>' };
const textOf = (xml: string): string =>
  [...xml.matchAll(/<text:p>(.*?)<\/text:p>/gs)]
    .map(([, paragraph = '']) =>
      paragraph
        .replace(/<text:tab\/>/g, '\t')
        .replace(/<[^>]*>/g, '')
        .replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole),
    )
    .join('\n');

/** The CSV as LibreOffice opens it for a person: UTF-8, commas, formulas evaluated. As flat XML, which says what each cell became. */
const opened = (folder: string, name: string, csv: string): string => {
  writeFileSync(join(folder, `${name}.csv`), csv);
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
  const filter = '--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,-1,true';
  const rest = ['--convert-to', 'fods', '--outdir', folder, join(folder, `${name}.csv`)];
  execFileSync('soffice', ['--headless', profile, filter, ...rest], { stdio: 'pipe' });
  return readFileSync(join(folder, `${name}.fods`), 'utf8');
};

it('an exported CSV opens in LibreOffice with its columns, and a hostile title is text there', {
  timeout: 120_000,
}, (context) => {
  if (!isInstalled) context.skip('LibreOffice is not installed here');
  const folder = mkdtempSync(join(tmpdir(), 'backroom-libreoffice-'));
  try {
    // Otherwise nothing below would say anything.
    expect(opened(folder, 'plain', 'Title\r\n=1+1\r\n')).toContain('table:formula');

    const { head, line } = exportWriter('products', ['title', 'priceMin', 'totalInventory'], 'csv');
    const rows = HOSTILE.map((title, index) =>
      line({
        id: `gid://shopify/Product/${index}`,
        shop: 'one.example',
        title,
        priceMin: -1950,
        totalInventory: 7,
        currency: 'EUR',
      }),
    );
    const xml = opened(folder, 'products', `${head}${rows.join('')}`);
    expect(xml).not.toContain('table:formula');
    const cells = [...xml.matchAll(/<table:table-row[^>]*>(.*?)<\/table:table-row>/gs)].map(([, row = '']) =>
      [...row.matchAll(/<table:table-cell([^>]*)>(.*?)<\/table:table-cell>/gs)].map(
        ([, attributes = '', text = '']) => ({
          type: /office:value-type="(\w+)"/.exec(attributes)?.[1],
          value: /office:value="([^"]*)"/.exec(attributes)?.[1],
          text: textOf(text),
        }),
      ),
    );
    const [names, ...found] = cells;
    expect(names?.map(({ text }) => text)).toEqual(['id', 'shop', 'Title', 'Price', 'Inventory', 'currency']);
    expect(found).toHaveLength(HOSTILE.length);
    for (const [index, row] of found.entries()) {
      const title = HOSTILE[index] ?? '';
      expect(row.map(({ type }) => type)).toEqual(['string', 'string', 'string', 'float', 'float', 'string']);
      expect([row[3]?.value, row[4]?.value]).toEqual(['-19.5', '7']);
      expect(row[2]?.text).toBe(/^[=+\-@\t]/.test(title) ? `'${title}` : title.replace('\r\n', '\n'));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
