import type * as api from '../../../shared/api.ts';
import type { MasterKeySource } from '../../../shared/process-messages.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

export const createSystemService = (options: {
  version: string;
  mode: 'desktop' | 'headless';
  demo: boolean;
  masterKeySource: MasterKeySource;
  apiVersion: string;
  publicUrl: () => string;
  tunnel: () => api.TunnelSummary;
  db: Database;
  clock: Clock;
}) => {
  const startedAt = toIso(options.clock.now());
  return {
    status: async (): Promise<api.SystemStatus> => ({
      version: options.version,
      mode: options.mode,
      demo: options.demo,
      publicUrl: options.publicUrl(),
      publicUrlIsLocal: LOOPBACK.has(new URL(options.publicUrl()).hostname),
      tunnel: options.tunnel(),
      masterKeySource: options.masterKeySource,
      apiVersion: options.apiVersion,
      startedAt,
      database: { kind: 'sqlite', bytes: await options.db.bytes() },
    }),
  };
};
