import { existsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSocketPaths } from './socket-paths.ts';

describe('socket paths', () => {
  it('are in a folder of this user alone, and new each time', () => {
    const paths = createSocketPaths('linux');
    const first = paths.next();
    expect(paths.next()).not.toBe(first);
    expect(statSync(dirname(first)).mode & 0o777).toBe(0o700);
    paths.close();
    expect(existsSync(dirname(first))).toBe(false);
  });

  it('stay short when the temporary folder has a long path', () => {
    const paths = createSocketPaths('linux', join(tmpdir(), 'x'.repeat(120)));
    expect(paths.next().length).toBeLessThan(100);
    paths.close();
  });

  it('are named pipes on Windows', () => {
    expect(createSocketPaths('win32').next()).toMatch(/^\\\\\.\\pipe\\backroom-[0-9a-f]{32}-1$/);
  });
});
