import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pathWithin, readStaticFile } from './static-files.ts';

describe('static files', () => {
  let folder = '';
  let root = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'backroom-static-'));
    root = join(folder, 'renderer');
    mkdirSync(join(root, 'assets'), { recursive: true });
    writeFileSync(join(root, 'index.html'), '<title>Backroom</title>');
    writeFileSync(join(root, 'assets', 'main.js'), '1');
    writeFileSync(join(folder, 'secret.js'), 'secret');
    writeFileSync(join(root, 'unknown.exe'), 'x');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(['/', '/products', '/products/gid', '/webhooks/'])('answers %s with the page', async (path) => {
    expect(await readStaticFile(root, path)).toMatchObject({ isPage: true, contentType: 'text/html; charset=utf-8' });
  });

  it('answers a file with its type', async () => {
    expect(await readStaticFile(root, '/assets/main.js')).toMatchObject({
      isPage: false,
      contentType: 'text/javascript; charset=utf-8',
    });
  });

  it.each(['/assets/none.js', '/assets.js', '/unknown.exe'])('has nothing for %s', async (path) => {
    expect(await readStaticFile(root, path)).toBeNull();
  });

  it.each([
    '/../secret.js',
    '/%2e%2e/secret.js',
    '/assets/%2e%2e/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '/..\\secret.js',
    '/%00',
    '/%',
    '/a/../b.js',
  ])('does not leave the folder for %s', async (path) => {
    expect(pathWithin(root, path)).toBeNull();
    expect(await readStaticFile(root, path)).toBeNull();
  });

  it('does not take a sibling with the same beginning for the folder', () => {
    expect(pathWithin('/a/renderer', '/x')).toBe('/a/renderer/x');
    expect(pathWithin('/a/renderer', '/../renderer-old/x')).toBeNull();
  });
});
