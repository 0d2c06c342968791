import type { StoreSync } from './api.ts';

type Progress = Pick<StoreSync, 'resource' | 'phase' | 'rows' | 'total' | 'importedAt' | 'freshAt'>;

const RESTING: ReadonlySet<StoreSync['phase']> = new Set(['never', 'done', 'failed', 'paused']);

/** Whether all of a resource is being fetched: for the first time, or anew. What only catches up is no import. */
export const isImporting = ({ phase, importedAt, freshAt }: Progress): boolean =>
  !RESTING.has(phase) && (importedAt === null || freshAt === null);

const shareOf = (sync: Progress): number => {
  if (!isImporting(sync)) return sync.phase === 'done' ? 1 : 0;
  if (sync.phase === 'waiting' || sync.phase === 'preparing') return 0;
  if (sync.phase !== 'downloading') return 1;
  return sync.total !== null && sync.total > 0 ? Math.min(1, sync.rows / sync.total) : 0;
};

/**
 * How far the imports of these stores are, from 0 to 1; null: none runs. Each resource of a store with an import counts alike: how many rows those
 * have that wait for their turn is not known yet.
 */
export const importShare = (stores: readonly { readonly syncs: readonly Progress[] }[]): number | null => {
  const parts = stores
    .map(({ syncs }) => syncs.filter(({ resource }) => resource !== 'transactions'))
    .filter((syncs) => syncs.some(isImporting))
    .flat()
    .map(shareOf);
  return parts.length === 0 ? null : parts.reduce((sum, share) => sum + share, 0) / parts.length;
};
