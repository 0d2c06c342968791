import type * as api from '../../../shared/api.ts';
import { AppError } from '../../../shared/errors.ts';
import type { MasterKeySource } from '../../../shared/process-messages.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { StorageHealth, StorageTrouble } from '../../platform/db/storage-health.ts';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

const problemOf = ({ code, since }: StorageTrouble): api.Problem => {
  const message =
    code === 'SQLITE_FULL'
      ? 'The disk is full, so nothing can be stored.'
      : `The database can’t be written (${code}), so nothing can be stored.`;
  const mend =
    code === 'SQLITE_FULL' ? 'Free some space on the disk.' : 'Look at the disk and the rights of the data folder.';
  const hint = `${mend} Shopify sends again for four hours what is not taken; Backroom goes on by itself.`;
  return { ...new AppError('INTERNAL', message, { hint }).toBody(), at: toIso(since) };
};

export const createSystemService = (options: {
  version: string;
  mode: 'desktop' | 'headless';
  demo: boolean;
  masterKeySource: MasterKeySource;
  apiVersion: string;
  publicUrl: () => string;
  tunnel: () => api.TunnelSummary;
  db: Database;
  storage: Pick<StorageHealth, 'current'>;
  clock: Clock;
}) => {
  const startedAt = toIso(options.clock.now());
  return {
    status: async (): Promise<api.SystemStatus> => {
      const trouble = options.storage.current();
      return {
        version: options.version,
        mode: options.mode,
        demo: options.demo,
        publicUrl: options.publicUrl(),
        publicUrlIsLocal: LOOPBACK.has(new URL(options.publicUrl()).hostname),
        tunnel: options.tunnel(),
        masterKeySource: options.masterKeySource,
        apiVersion: options.apiVersion,
        startedAt,
        database: { kind: 'sqlite', bytes: await options.db.bytes(), problem: trouble ? problemOf(trouble) : null },
      };
    },
  };
};
