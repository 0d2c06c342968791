import { describe, expect, it } from 'vitest';
import { entryWords, helpOf } from './words.ts';

describe('an entry of the evidence in words', () => {
  it('counts what was done', () => {
    expect(entryWords({ kind: 'erased', facts: { rows: 1200 } })).toBe('1,200 rows erased or anonymised');
    expect(entryWords({ kind: 'verified', facts: { tables: 17, files: 2, bytes: 3_000_000 } })).toBe(
      'Nothing found in 17 tables and 2 files (3.0 MB)',
    );
    expect(
      entryWords({
        kind: 'dry.run',
        facts: {
          tables: [
            { table: 'a', rows: 2 },
            { table: 'b', rows: 1 },
          ],
        },
      }),
    ).toBe('Dry run: 3 rows would go');
  });
  it('of an unknown kind is shown as it is', () => {
    expect(entryWords({ kind: 'new.kind', facts: {} })).toBe('new.kind');
  });
});

it('a step that failed is not said to be under way', () => {
  const problem = { code: 'INTERNAL', message: 'm', at: '2026-11-24T10:00:00.000Z' };
  expect(helpOf({ kind: 'data_request', state: 'collecting', onHold: false, problem: null })).toContain(
    'being collected',
  );
  expect(helpOf({ kind: 'data_request', state: 'collecting', onHold: false, problem })).toContain('run again');
  expect(helpOf({ kind: 'data_request', state: 'scheduled', onHold: false, problem })).toContain('begins by itself');
  expect(helpOf({ kind: 'shop_redact', state: 'verified', onHold: false, problem: null })).not.toContain('file');
  expect(helpOf({ kind: 'data_request', state: 'collecting', onHold: true, problem })).toContain('On hold');
});
