import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLogFile } from './log-file.ts';

describe('log file', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'backroom-log-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('rotates by size and keeps four older files', () => {
    const file = join(folder, 'logs', 'backend.log');
    const log = openLogFile(file, 10);
    for (const letter of 'abcdefg') log.write(`${letter.repeat(7)}\n`);
    expect(readFileSync(file, 'utf8')).toBe('ggggggg\n');
    expect(readFileSync(`${file}.1`, 'utf8')).toBe('fffffff\n');
    expect(readFileSync(`${file}.4`, 'utf8')).toBe('ccccccc\n');
    expect(existsSync(`${file}.5`)).toBe(false);
  });

  it('goes on in the file of an earlier run', () => {
    const file = join(folder, 'backend.log');
    openLogFile(file, 10).write('12345678');
    openLogFile(file, 10).write('next');
    expect(readFileSync(file, 'utf8')).toBe('next');
    expect(readFileSync(`${file}.1`, 'utf8')).toBe('12345678');
  });
});
