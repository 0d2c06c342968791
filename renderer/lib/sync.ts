import type { Problem, Store, StoreSync } from '../../shared/api.ts';
import { isImporting } from '../../shared/import-progress.ts';

/** The states that a single line tells apart. */
export const simplePhase = (phase: StoreSync['phase']): 'never' | 'running' | 'done' | 'failed' | 'paused' =>
  phase === 'never' || phase === 'done' || phase === 'failed' || phase === 'paused' ? phase : 'running';

/** How far a store is fetched, in one line. */
export type SyncSummary =
  | { readonly phase: 'never' }
  /** One resource after the other: the present one. */
  | { readonly phase: 'running' | 'failed' | 'paused'; readonly sync: StoreSync }
  /** Some of it was given up before it was here. */
  | { readonly phase: 'partial'; readonly syncs: readonly StoreSync[]; readonly missing: readonly StoreSync[] }
  | { readonly phase: 'done'; readonly syncs: readonly StoreSync[]; readonly finishedAt: string | null };

/** Transactions come with their orders, so they are neither running nor failed by themselves. */
export const syncSummary = (syncs: readonly StoreSync[]): SyncSummary => {
  const own = syncs.filter(({ resource }) => resource !== 'transactions');
  const inPhase = (phase: ReturnType<typeof simplePhase>) => own.filter((sync) => simplePhase(sync.phase) === phase);
  // What is being fetched rather than what waits for its turn.
  const running = inPhase('running');
  const current = running.find(({ phase }) => phase !== 'waiting') ?? running[0];
  if (current !== undefined) return { phase: 'running', sync: current };
  const [failed] = inPhase('failed');
  if (failed !== undefined) return { phase: 'failed', sync: failed };
  const [paused] = inPhase('paused');
  if (paused !== undefined) return { phase: 'paused', sync: paused };
  if (inPhase('done').length === 0) return { phase: 'never' };
  const missing = inPhase('never');
  if (missing.length > 0) return { phase: 'partial', syncs: inPhase('done'), missing };
  const times = own.flatMap(({ finishedAt }) => finishedAt ?? []).sort();
  return { phase: 'done', syncs, finishedAt: times.at(-1) ?? null };
};

/** Whether all there is of a resource in these stores is here. */
export const isFetchedWhole = (stores: readonly Store[], resource: StoreSync['resource']): boolean =>
  stores.length > 0 &&
  stores.every(({ syncs }) => syncs.some((sync) => sync.resource === resource && sync.importedAt !== null));

/** Up to when all that changed in these stores is here for sure; null: not whole yet. Webhooks bring what is newer, one by one. */
export const freshOf = (
  stores: readonly Store[],
  resource: StoreSync['resource'],
  shop: string | undefined,
): string | null => {
  const shown = stores.filter((store) => shop === undefined || store.shop === shop);
  const times = shown.map(({ syncs }) => syncs.find((sync) => sync.resource === resource)?.freshAt ?? null);
  return times.every((time) => time !== null) ? (times.sort()[0] ?? null) : null;
};

export const isSyncing = (store: Store): boolean => store.syncs.some((sync) => simplePhase(sync.phase) === 'running');

/** Whether each resource is worth a line of its own: something of it is being imported, rests, or went wrong. */
export const isNoteworthy = (store: Store): boolean =>
  store.syncs.some((sync) => isImporting(sync) || sync.phase === 'failed' || sync.phase === 'paused');

export const syncProblemOf = (store: Store): Problem | null =>
  store.syncs.find((sync) => sync.problem !== null)?.problem ?? null;
