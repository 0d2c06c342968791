import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { AppError } from '../../../shared/errors.ts';
import { openSealedFile, sealFile } from '../../platform/vault/sealed-file.ts';
import { type PackageFacts, type PackageSection, toCsv, toHtml } from './package-content.ts';

/** The packages that are handed to people: a zip in an encrypted file, one a request. */
export interface Packages {
  /** Resolves with the size in bytes. Replaces an earlier one. */
  write(id: string, sections: readonly PackageSection[], facts: PackageFacts, signal: AbortSignal): Promise<number>;
  /** @throws AppError `NOT_FOUND` */
  open(id: string): Promise<Readable>;
  remove(id: string): Promise<void>;
}

export const createPackages = (options: { directory: string; key: Buffer }): Packages => {
  const pathOf = (id: string): string => {
    // Ids are ours, but a path is made of them.
    if (!/^[\w-]{1,64}$/.test(id)) throw new AppError('NOT_FOUND', 'There is no such package.');
    return join(options.directory, `${id}.package`);
  };
  return {
    write: async (id, sections, facts, signal) => {
      await mkdir(options.directory, { recursive: true, mode: 0o700 });
      const zip = new ZipFile();
      const mtime = new Date(facts.collectedAt);
      zip.addBuffer(Buffer.from(toHtml(sections, facts)), 'index.html', { mtime });
      zip.addBuffer(Buffer.from(JSON.stringify({ ...facts, sections }, null, 2)), 'data.json', { mtime });
      for (const section of sections) zip.addBuffer(Buffer.from(toCsv(section)), `csv/${section.table}.csv`, { mtime });
      zip.end();
      const path = pathOf(id);
      await sealFile(Readable.from(zip.outputStream), { path, key: options.key, owner: id, signal });
      return (await stat(path)).size;
    },
    open: async (id) => {
      try {
        return await openSealedFile({ path: pathOf(id), key: options.key, owner: id });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        throw new AppError('NOT_FOUND', 'The package is not kept any more.', {
          hint: 'Collect the data again while the request is open.',
          cause: error,
        });
      }
    },
    remove: (id) => rm(pathOf(id), { force: true }),
  };
};
