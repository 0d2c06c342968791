import type * as api from '../../../shared/api.ts';
import type { MasterKeySource } from '../../../shared/process-messages.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { storageError } from '../../platform/db/storage-errors.ts';
import type { StorageHealth, StorageTrouble } from '../../platform/db/storage-health.ts';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

const problemOf = ({ code, since }: StorageTrouble): api.Problem => ({
  ...storageError(code).toBody(),
  at: toIso(since),
});

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
