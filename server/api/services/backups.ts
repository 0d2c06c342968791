import type * as api from '../../../shared/api.ts';

export interface BackupsApi {
  list(): Promise<api.BackupList>;
  create(): Promise<api.Backup>;
  restore(name: string): Promise<{ restarting: true }>;
}
