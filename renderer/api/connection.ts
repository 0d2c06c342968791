import { useSyncExternalStore } from 'react';
import { createStore } from '../lib/store.ts';

/**
 * `connecting`: not reached yet since the window opened. `restarting`: something in front of the backend answers, it doesn't.
 * `offline`: nothing answers. `ended`: the login session is over (headless only).
 */
export type ConnectionState = 'connecting' | 'connected' | 'restarting' | 'offline' | 'ended';

/** A backend that takes longer than this, in ms, does not just start. */
const LONGEST_START = 15_000;

const state = createStore<ConnectionState>('connecting');
/** Why the backend is away, in a sentence or two, where something says so: also that it can't start, and what to do. */
const reason = createStore<string | null>(null);
const lastChange = createStore<string | null>(null);

/** The live stream is open. It may outlast a moment in which calls fail. */
let isStreaming = false;

export const connection = {
  get: state.get,
  opened: (): void => {
    isStreaming = true;
    state.set('connected');
  },
  /** The live stream was closed. */
  dropped: (): void => {
    isStreaming = false;
  },
  /** A call was answered: what failed is over, unless the stream is still to be opened again, which will say so. */
  answered: (): void => {
    if (isStreaming && (state.get() === 'offline' || state.get() === 'restarting')) state.set('connected');
  },
  /** The backend is away. Before the first contact that is just a backend which still starts. */
  away: (kind: 'restarting' | 'offline', why: string | null = null): void => {
    reason.set(why);
    const starting = state.get() === 'connecting' && performance.now() < LONGEST_START;
    if (state.get() === 'ended' || (starting && kind === 'restarting')) return;
    state.set(kind);
  },
  ended: (): void => state.set('ended'),
  heard: (): void => lastChange.set(new Date().toISOString()),
};

export const useConnection = (): ConnectionState => useSyncExternalStore(state.subscribe, state.get);
export const useAwayReason = (): string | null => useSyncExternalStore(reason.subscribe, reason.get);
export const useLastChange = (): string | null => useSyncExternalStore(lastChange.subscribe, lastChange.get);
