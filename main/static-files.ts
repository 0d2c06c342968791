import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

export interface StaticFile {
  readonly content: Buffer;
  readonly contentType: string;
  readonly isPage: boolean;
}

/** The file below `root` that a URL path names, or null when the path would leave `root` or is no path. */
export const pathWithin = (root: string, pathname: string): string | null => {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
  if (decoded.includes('\0') || decoded.includes('\\') || decoded.split('/').includes('..')) return null;
  const file = normalize(join(root, decoded));
  return file === root || file.startsWith(root + sep) ? file : null;
};

const readIfThere = async (file: string): Promise<Buffer | null> => {
  try {
    return await readFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return null;
    throw error;
  }
};

/** The renderer's file for a URL path. A path without an ending is a screen of the console, so `index.html` answers it. */
export const readStaticFile = async (root: string, pathname: string): Promise<StaticFile | null> => {
  const file = pathWithin(root, pathname);
  if (file === null) return null;
  const ending = extname(file);
  const wanted = ending === '' || file === root ? join(root, 'index.html') : file;
  const contentType = CONTENT_TYPES[extname(wanted)];
  if (contentType === undefined) return null;
  const content = await readIfThere(wanted);
  return content === null ? null : { content, contentType, isPage: extname(wanted) === '.html' };
};
