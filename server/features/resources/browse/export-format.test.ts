import { describe, expect, it } from 'vitest';
import { csvField, exportWriter } from './export-format.ts';

describe('a field of CSV', () => {
  it.each([
    ['=HYPERLINK("http://evil.example","x")', `"'=HYPERLINK(""http://evil.example"",""x"")"`],
    ['+1+1', "'+1+1"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['＝1', "'＝1"],
    ['-12.50', '-12.50'],
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
  ])('%j', (text, field) => {
    expect(csvField(text)).toBe(field);
  });
});

describe('a row', () => {
  const row = {
    id: 'gid://shopify/Order/1',
    shop: 'a.myshopify.com',
    currency: 'JPY',
    name: '#1',
    total: 1999,
    tags: ['a', 'b'],
    test: false,
  };

  it('writes amounts in their currency, which stands beside them', () => {
    const { head, line } = exportWriter('orders', ['name', 'total', 'tags'], 'csv');
    expect(head).toBe('\uFEFFid,shop,Order,Total,Tags,currency\r\n');
    expect(line(row)).toBe('gid://shopify/Order/1,a.myshopify.com,#1,1999,"a, b",JPY\r\n');
    expect(line({ ...row, currency: 'USD' })).toContain(',19.99,');
    // As they were stored, whatever `Intl` takes for the currency's digits.
    expect(line({ ...row, currency: 'HUF' })).toContain(',19.99,');
    expect(line({ ...row, currency: 'IQD' })).toContain(',1.999,');
  });

  it('keeps types in NDJSON', () => {
    const { line } = exportWriter('orders', ['total', 'tags', 'test'], 'ndjson');
    expect(JSON.parse(line(row))).toEqual({
      id: 'gid://shopify/Order/1',
      shop: 'a.myshopify.com',
      total: '1999',
      tags: ['a', 'b'],
      test: false,
      currency: 'JPY',
    });
  });
});
