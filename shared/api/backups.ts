import { z } from 'zod';
import { IsoTime } from './common.ts';

export const Backup = z.object({
  /** The name of its folder, e.g. `2026-11-24T02-41-00`. */
  name: z.string(),
  createdAt: IsoTime,
  /** Why it was made: by schedule, by the operator, or before another one was restored. */
  reason: z.enum(['schedule', 'operator', 'before-restore']),
  bytes: z.number().int(),
  version: z.string(),
});
export type Backup = z.infer<typeof Backup>;
export const BackupList = z.object({
  items: z.array(Backup),
  /** As many are kept; the oldest go first. */
  keep: z.number().int(),
  folder: z.string(),
});
export type BackupList = z.infer<typeof BackupList>;
export const BackupName = z.object({
  name: z.string().regex(/^[\dT-]{19}(-\d{1,3})?$/, 'is not the name of a backup'),
});
