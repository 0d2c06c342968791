import type { Problem, Store, StoreSync } from '../../shared/api.ts';

const NEVER: StoreSync = {
  resource: 'products',
  phase: 'never',
  rows: 0,
  total: null,
  rate: null,
  secondsLeft: null,
  startedAt: null,
  finishedAt: null,
  importedAt: null,
  freshAt: null,
  remoteCount: null,
  localCount: null,
  gaps: [],
  problem: null,
};

export const productSyncOf = (store: Store): StoreSync =>
  store.syncs.find((sync) => sync.resource === 'products') ?? NEVER;

/** The four states that a single line tells apart. */
export const simplePhase = (phase: StoreSync['phase']): 'never' | 'running' | 'done' | 'failed' =>
  phase === 'never' || phase === 'done' || phase === 'failed' ? phase : phase === 'paused' ? 'done' : 'running';

export const isSyncing = (store: Store): boolean => store.syncs.some((sync) => simplePhase(sync.phase) === 'running');

export const syncProblemOf = (store: Store): Problem | null =>
  store.syncs.find((sync) => sync.problem !== null)?.problem ?? null;
