import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPlaywright, readVitest } from './test-results.mjs';

describe('test results', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'backroom-results-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const report = (content) => {
    const file = join(folder, 'report.json');
    writeFileSync(file, JSON.stringify(content));
    return file;
  };
  const vitestFile = (statuses, extra = {}) => ({
    name: 'a.test.ts',
    status: 'passed',
    message: '',
    assertionResults: statuses.map((status) => ({ status, fullName: `is ${status}` })),
    ...extra,
  });

  it('counts passed, failed and skipped tests of Vitest', () => {
    const file = report({
      testResults: [vitestFile(['passed', 'failed', 'todo'], { status: 'failed' }), vitestFile(['passed'])],
    });
    expect(readVitest(file, 1)).toEqual({
      passed: 2,
      failed: 1,
      skipped: [{ name: 'is todo', reason: 'still to be written' }],
      problems: [],
    });
  });

  it('counts a file that does not load as a failure', () => {
    const file = report({
      testResults: [vitestFile(['passed']), vitestFile([], { status: 'failed', message: 'no such module\nat x' })],
    });
    expect(readVitest(file, 1)).toMatchObject({ passed: 1, failed: 1, problems: ['a.test.ts: no such module'] });
  });

  it('does not take an empty or missing run for a success', () => {
    expect(readVitest(report({ testResults: [] }), 0)).toMatchObject({ failed: 1, problems: ['Vitest ran no test'] });
    expect(readVitest(join(folder, 'none.json'), 0).failed).toBe(1);
    expect(readPlaywright(report({ suites: [], errors: [] }), 0)).toMatchObject({ failed: 1 });
    expect(readVitest(report({ testResults: [vitestFile(['passed'])] }), 1)).toMatchObject({ passed: 1, failed: 1 });
  });

  it('reads nested suites and the reasons of skips from Playwright', () => {
    const spec = (title, status, annotations = []) => ({ title, tests: [{ status, annotations }] });
    const suites = [
      {
        specs: [spec('a', 'expected')],
        suites: [
          { specs: [spec('b', 'unexpected'), spec('c', 'skipped', [{ type: 'skip', description: 'no display' }])] },
        ],
      },
    ];
    expect(readPlaywright(report({ suites, errors: [] }), 1)).toEqual({
      passed: 1,
      failed: 1,
      skipped: [{ name: 'c', reason: 'no display' }],
      problems: [],
    });
  });
});
