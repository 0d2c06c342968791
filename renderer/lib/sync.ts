import type { Problem, Store, StoreSync } from '../../shared/api.ts';

/** The four states that a single line tells apart. */
export const simplePhase = (phase: StoreSync['phase']): 'never' | 'running' | 'done' | 'failed' =>
  phase === 'never' || phase === 'done' || phase === 'failed' ? phase : phase === 'paused' ? 'done' : 'running';

/** How far a store is fetched, in one line. */
export type SyncSummary =
  | { readonly phase: 'never' }
  /** One resource after the other: the present one. */
  | { readonly phase: 'running' | 'failed'; readonly sync: StoreSync }
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
  if (inPhase('done').length === 0) return { phase: 'never' };
  const times = own.flatMap(({ finishedAt }) => finishedAt ?? []).sort();
  return { phase: 'done', syncs, finishedAt: times.at(-1) ?? null };
};

export const isSyncing = (store: Store): boolean => store.syncs.some((sync) => simplePhase(sync.phase) === 'running');

export const syncProblemOf = (store: Store): Problem | null =>
  store.syncs.find((sync) => sync.problem !== null)?.problem ?? null;
