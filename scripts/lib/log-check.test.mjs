import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { checkLogs, readLogs } from './log-check.mjs';

const folders = [];
const folderWith = (text) => {
  const folder = mkdtempSync(join(tmpdir(), 'backroom-logs-'));
  folders.push(folder);
  writeFileSync(join(folder, '1.log'), text);
  return folder;
};
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

it.each([
  ['{"msg":"token shpat_0123456789abcdef"}', 'an access token'],
  ['{"msg":"for ada@example.com"}', 'an e-mail address'],
  ['{"url":"/auth/start?ticket=abcdefgh1234"}', 'a one-time link'],
  ['{"authorization":"Bearer abcdefghijklmnop"}', 'a bearer key'],
])('finds %s', (line, what) => {
  expect(checkLogs(folderWith(`{"msg":"fine"}\n${line}\n`)).findings).toEqual([`${what} in line 2 of 1.log`]);
});

it('passes what was removed, and fails when nothing was kept', () => {
  expect(readLogs(folderWith('{"url":"/auth/start?ticket=[secret]","msg":"[token] [e-mail]"}\n'))).toMatchObject({
    passed: 1,
    failed: 0,
  });
  expect(readLogs(folderWith('')).problems).toEqual(['the run kept no log line to search']);
});
