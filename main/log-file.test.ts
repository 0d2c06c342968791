import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
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

  it('a disk that takes nothing ends nobody: what was lost is said once it can be', () => {
    const file = join(folder, 'backend.log');
    const log = openLogFile(file);
    // In its way, as a full disk would be.
    mkdirSync(file);
    log.write('lost\n');
    log.write('lost too\n');
    rmdirSync(file);
    log.write('kept\n');
    const [note, kept] = readFileSync(file, 'utf8').split('\n');
    expect(JSON.parse(note ?? '')).toMatchObject({ event: 'log-lost', writes: 2, code: 'EISDIR' });
    expect(kept).toBe('kept');
  });

  it('goes on in the same file while another program keeps it from being rotated', () => {
    const file = join(folder, 'backend.log');
    const log = openLogFile(file, 10);
    log.write('1234567\n');
    mkdirSync(`${file}.4`);
    log.write('next\n');
    const [before, note, next] = readFileSync(file, 'utf8').split('\n');
    expect([before, next]).toEqual(['1234567', 'next']);
    expect(JSON.parse(note ?? '')).toMatchObject({ event: 'log-not-rotated' });
  });
});
