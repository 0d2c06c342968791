import type { TunnelState } from '../../../shared/api/tunnel.ts';
import { type Clock, toIso } from '../clock.ts';
import type { Log } from '../log/log.ts';
import type { AgentSession, TunnelAgent } from './agent.ts';
import { createMailbox } from './mailbox.ts';
import { explainTunnelError, LOST, NO_ANSWER, SILENT, STOPPED_REMOTELY, type TunnelFailure } from './tunnel-errors.ts';

export interface TunnelPlan {
  readonly token: string;
  /** Null: the account's own domain. */
  readonly domain: string | null;
  /** The public door, and nothing else, e.g. `http://127.0.0.1:7701`. */
  readonly target: string;
}

export interface Tunnel {
  state(): TunnelState;
  /** Starts, or changes to another plan. The same plan again changes nothing. */
  start(plan: TunnelPlan): Promise<void>;
  stop(): Promise<void>;
  /** Something changed outside (woke from sleep, another network, “Try again”): looks now instead of later. */
  recheck(): void;
}

const CONNECT_MS = 20_000;
/** The SDK's own tries come at 0, 0.05, 2.5 and then 125 seconds: after the third it is done better here. */
const SDK_TRIES_MS = 6000;
const BOUND_AGAIN_MS = [50, 300, 1500];
const CLOSE_MS = 2000;
const FIRST_RETRY_MS = 5000;
const LONGEST_RETRY_MS = 60_000;
/** While online the clock is looked at this often: a jump means that the computer slept. */
const TICK_MS = 15_000;
const SLEPT_MS = 20_000;
/** A rhythm that changes less than this is no news. */
const LATENCY_NEWS_MS = 10;

type Happening =
  | { readonly kind: 'beat'; readonly latencyMs: number | null; readonly session: object }
  | { readonly kind: 'lost'; readonly session: object }
  | { readonly kind: 'stopped'; readonly session: object }
  | { readonly kind: 'recheck' };

/** Exponential, 5 s to 60 s. `failures` starts at 1. */
export const retryDelay = (failures: number): number =>
  Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 10));

export const createTunnel = (options: {
  agent: TunnelAgent;
  clock: Clock;
  log: Log;
  /** Whether the public address leads here. Asked only after the SDK made its connection again, and after sleep. */
  leadsHere: (url: string, signal: AbortSignal) => Promise<boolean>;
  onChange: (state: TunnelState) => void;
}): Tunnel => {
  const { agent, clock, log } = options;
  const OFF = { phase: 'off', url: null, latencyMs: null, problem: null, retryAt: null } as const;
  let state: TunnelState = { ...OFF, since: toIso(clock.now()) };
  let run: { readonly plan: TunnelPlan; readonly abort: AbortController; readonly done: Promise<void> } | null = null;
  const happenings = createMailbox<Happening>(clock);

  const set = (next: Partial<TunnelState>): void => {
    const changed = next.phase !== undefined && next.phase !== state.phase;
    if (changed) log.info({ phase: next.phase, code: next.problem?.code ?? undefined }, 'tunnel');
    state = { ...state, ...next, ...(changed ? { since: toIso(clock.now()) } : {}) };
    options.onChange(state);
  };
  const problemOf = ({ code, message, hint }: TunnelFailure) => ({ code, message, hint });

  /** Never longer than its limit: what a dead network leaves hanging must not hold up the next try. */
  const close = async (session: AgentSession): Promise<void> => {
    const ends = new AbortController();
    await Promise.race([session.close(), clock.delay(CLOSE_MS, ends.signal).catch(() => undefined)]);
    ends.abort();
  };

  const open = async (plan: TunnelPlan, session: object, signal: AbortSignal): Promise<AgentSession> => {
    const opening = agent.open(plan, {
      beat: (latencyMs) => happenings.put({ kind: 'beat', latencyMs, session }),
      lost: (reason) => {
        log.debug({ reason }, 'tunnel session lost');
        happenings.put({ kind: 'lost', session });
      },
      stopped: () => happenings.put({ kind: 'stopped', session }),
    });
    const waited = new AbortController();
    const limit = clock.delay(CONNECT_MS, AbortSignal.any([signal, waited.signal])).then(() => {
      throw new NoAnswer();
    });
    try {
      return await Promise.race([opening, limit]);
    } catch (error) {
      // It can't be called off: should it still succeed, it is closed.
      opening.then(close, () => undefined);
      throw error;
    } finally {
      waited.abort();
      limit.catch(() => undefined);
    }
  };

  /** Lives through a session; resolves with why it has to be replaced. */
  const attend = async (session: object, url: string, signal: AbortSignal): Promise<TunnelFailure> => {
    const isReached = () => options.leadsHere(url, signal);
    /** The beat comes before the address is bound to the new connection, so it is asked a few times. */
    const isBoundAgain = async (): Promise<boolean> => {
      for (const wait of BOUND_AGAIN_MS) {
        const event = await happenings.take(wait, signal);
        if (event?.kind === 'lost' && event.session === session) return false;
        if (await isReached()) return true;
      }
      return false;
    };
    const withinSdkTries = async (): Promise<boolean> => {
      const until = clock.now() + SDK_TRIES_MS;
      for (;;) {
        const left = until - clock.now();
        if (left <= 0) return false;
        const event = await happenings.take(left, signal);
        if (event === null) return false;
        if (event.kind === 'beat' && event.session === session && event.latencyMs !== null) return isBoundAgain();
      }
    };
    for (;;) {
      const before = clock.now();
      const event = await happenings.take(TICK_MS, signal);
      const slept = clock.now() - before > TICK_MS + SLEPT_MS;
      if (slept || event?.kind === 'recheck') {
        if (!(await isReached())) return SILENT;
        continue;
      }
      // What an earlier session still had to say.
      if (event === null || event.session !== session) continue;
      if (event.kind === 'stopped') {
        return STOPPED_REMOTELY;
      } else if (event.kind === 'lost') {
        set({ phase: 'reconnecting', latencyMs: null, problem: problemOf(LOST) });
        if (!(await withinSdkTries())) return LOST;
        set({ phase: 'online', problem: null });
      } else if (event.latencyMs === null) {
        return SILENT;
      } else if (state.latencyMs === null || Math.abs(state.latencyMs - event.latencyMs) >= LATENCY_NEWS_MS) {
        set({ latencyMs: event.latencyMs });
      }
    }
  };

  const rest = async (ms: number | null, signal: AbortSignal): Promise<void> => {
    const until = ms === null ? null : clock.now() + ms;
    for (;;) {
      const left = until === null ? null : until - clock.now();
      if (left !== null && left <= 0) return;
      const event = await happenings.take(left, signal);
      if (event === null || event.kind === 'recheck') return;
    }
  };

  const drive = async (plan: TunnelPlan, signal: AbortSignal): Promise<void> => {
    let failures = 0;
    let wasOnline = false;
    const failed = async (failure: TunnelFailure): Promise<void> => {
      failures += 1;
      const wait = failure.retry ? retryDelay(failures) : null;
      const phase = failure.retry && wasOnline ? 'reconnecting' : 'failed';
      const retryAt = wait === null ? null : toIso(clock.now() + wait);
      set({ phase, latencyMs: null, problem: problemOf(failure), retryAt, ...(failure.retry ? {} : { url: null }) });
      await rest(wait, signal);
    };
    for (;;) {
      signal.throwIfAborted();
      const id = {};
      set({ phase: wasOnline ? 'reconnecting' : 'connecting', retryAt: null });
      let session: AgentSession;
      try {
        session = await open(plan, id, signal);
      } catch (error) {
        signal.throwIfAborted();
        const failure = error instanceof NoAnswer ? NO_ANSWER : explainTunnelError(error);
        log.warn({ code: failure.code, err: error }, 'the tunnel could not be started');
        await failed(failure);
        continue;
      }
      failures = 0;
      wasOnline = true;
      set({ phase: 'online', url: session.url, problem: null, retryAt: null });
      try {
        const failure = await attend(id, session.url, signal);
        if (failure.retry) set({ phase: 'reconnecting', latencyMs: null, problem: problemOf(failure) });
        await close(session);
        if (!failure.retry) await failed(failure);
      } catch (error) {
        await close(session);
        throw error;
      }
    }
  };

  const stop = async (): Promise<void> => {
    const current = run;
    run = null;
    current?.abort.abort(new Error('the tunnel is stopped'));
    await current?.done;
    happenings.clear();
    if (state.phase !== 'off') set(OFF);
  };

  return {
    state: () => state,
    recheck: () => {
      if (run) happenings.put({ kind: 'recheck' });
    },
    stop,
    start: async (plan) => {
      if (run?.plan.token === plan.token && run.plan.domain === plan.domain && run.plan.target === plan.target) return;
      await stop();
      const abort = new AbortController();
      const done = drive(plan, abort.signal).catch((error: unknown) => {
        if (!abort.signal.aborted) {
          log.error({ err: error }, 'the tunnel ended unexpectedly');
          set({ phase: 'failed', url: null, latencyMs: null, problem: problemOf(explainTunnelError(error)) });
        }
      });
      run = { plan, abort, done };
    },
  };
};

class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}
