import { describe, expect, it, vi } from 'vitest';
import type { TunnelState } from '../../../shared/api/tunnel.ts';
import type { Clock } from '../clock.ts';
import { createLog } from '../log/log.ts';
import { createRedactor } from '../log/redact.ts';
import type { AgentSession, SessionEvents, TunnelAgent } from './agent.ts';
import { createTunnel, retryDelay } from './tunnel.ts';

/** Time that stands still until it is moved. */
const createManualClock = () => {
  let now = Date.parse('2026-11-24T10:00:00Z');
  let timers: { at: number; ms: number; fire: () => void }[] = [];
  const clock: Clock = {
    now: () => now,
    delay: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const timer = { at: now + ms, ms, fire: resolve };
        timers.push(timer);
        signal?.addEventListener('abort', () => {
          timers = timers.filter((other) => other !== timer);
          reject(signal.reason);
        });
      }),
  };
  const pass = (ms: number): void => {
    now += ms;
    const due = timers.filter((timer) => timer.at <= now);
    timers = timers.filter((timer) => timer.at > now);
    for (const timer of due) timer.fire();
  };
  return {
    clock,
    pass,
    /** Lets exactly the wait of this length pass, once somebody waits for it. */
    passWait: async (ms: number): Promise<void> => {
      await vi.waitFor(() => expect(timers.map((timer) => timer.ms)).toContain(ms));
      pass(ms);
    },
  };
};

const setUp = (opens: (() => Promise<string>)[]) => {
  const { clock, pass, passWait } = createManualClock();
  const sessions: { events: SessionEvents; close: ReturnType<typeof vi.fn> }[] = [];
  const agent: TunnelAgent = {
    open: async (_plan, events): Promise<AgentSession> => {
      const url = await (opens.shift() ?? (() => Promise.resolve('https://a.example')))();
      const close = vi.fn(async () => undefined);
      sessions.push({ events, close });
      return { url, close };
    },
  };
  const states: TunnelState[] = [];
  const leadsHere = vi.fn(async () => true);
  const tunnel = createTunnel({
    agent,
    clock,
    log: createLog({ level: 'error', redactor: createRedactor(), write: () => undefined }),
    leadsHere,
    onChange: (state) => states.push(state),
  });
  const until = (test: (state: TunnelState) => boolean): Promise<void> =>
    vi.waitFor(() => {
      if (!test(tunnel.state())) throw new Error(JSON.stringify(tunnel.state()));
    });
  return { tunnel, pass, passWait, sessions, states, leadsHere, until };
};
const PLAN = { token: 'token-1', domain: null, target: 'http://127.0.0.1:7701' };
const ngrokError = (code: number) => () => Promise.reject(new Error(`failed. error_code: ERR_NGROK_${code}`));

describe('retryDelay', () => {
  it('grows from 5 to 60 seconds', () => {
    expect([1, 2, 3, 4, 5, 50].map(retryDelay)).toEqual([5000, 10_000, 20_000, 40_000, 60_000, 60_000]);
  });
});

describe('the tunnel', () => {
  it('goes online and off, and the same plan again changes nothing', async () => {
    const t = setUp([]);
    await t.tunnel.start(PLAN);
    await t.until((state) => state.phase === 'online');
    await t.tunnel.start({ ...PLAN });
    expect(t.sessions).toHaveLength(1);
    await t.tunnel.stop();
    await t.tunnel.stop();
    expect(t.tunnel.state()).toMatchObject({ phase: 'off', url: null, problem: null });
    expect(t.sessions[0]?.close).toHaveBeenCalledOnce();
    expect(t.states.map((state) => state.phase)).toEqual(['connecting', 'online', 'off']);
  });

  it('takes another plan at once', async () => {
    const t = setUp([() => Promise.resolve('https://a.example'), () => Promise.resolve('https://b.example')]);
    await t.tunnel.start(PLAN);
    await t.until((state) => state.phase === 'online');
    await t.tunnel.start({ ...PLAN, token: 'token-2' });
    await t.until((state) => state.url === 'https://b.example');
    expect(t.sessions[0]?.close).toHaveBeenCalledOnce();
    await t.tunnel.stop();
  });

  it('waits for a better token, and tries again only when told', async () => {
    const t = setUp([ngrokError(107)]);
    await t.tunnel.start(PLAN);
    await t.until((state) => state.phase === 'failed');
    expect(t.tunnel.state()).toMatchObject({ problem: { code: 'ERR_NGROK_107' }, retryAt: null });
    t.pass(3_600_000);
    expect(t.tunnel.state().phase).toBe('failed');
    t.tunnel.recheck();
    await t.until((state) => state.phase === 'online' && state.problem === null);
    await t.tunnel.stop();
  });

  it('tries again by itself while the domain is taken', async () => {
    const t = setUp([ngrokError(334), ngrokError(334)]);
    await t.tunnel.start(PLAN);
    await t.until((state) => state.retryAt === '2026-11-24T10:00:05.000Z');
    await t.passWait(5000);
    await t.until((state) => state.retryAt === '2026-11-24T10:00:15.000Z');
    await t.passWait(10_000);
    await t.until((state) => state.phase === 'online' && state.retryAt === null);
    await t.tunnel.stop();
  });

  it('gives up on an edge that stays silent, and closes the session should it come after all', async () => {
    let arrive = (_url: string): void => undefined;
    const late = new Promise<string>((resolve) => {
      arrive = resolve;
    });
    const t = setUp([() => late]);
    await t.tunnel.start(PLAN);
    await t.until((state) => state.phase === 'connecting');
    await t.passWait(20_000);
    await t.until((state) => state.problem?.message === 'ngrok does not answer.');
    arrive('https://late.example');
    await vi.waitFor(() => expect(t.sessions[0]?.close).toHaveBeenCalledOnce());
    expect(t.tunnel.state().url).toBeNull();
    await t.tunnel.stop();
  });

  it('leaves a short break to the SDK, and believes it only when the address leads here', async () => {
    const t = setUp([]);
    await t.tunnel.start(PLAN);
    await t.until((state) => state.phase === 'online');
    t.sessions[0]?.events.lost('transport error');
    await t.until((state) => state.phase === 'reconnecting');
    expect(t.tunnel.state().url).toBe('https://a.example');
    t.leadsHere.mockResolvedValueOnce(false);
    t.sessions[0]?.events.beat(20);
    // The address is not bound yet at the first look.
    await t.passWait(50);
    await vi.waitFor(() => expect(t.leadsHere).toHaveBeenCalledTimes(1));
    await t.passWait(300);
    await t.until((state) => state.phase === 'online' && state.problem === null);
    expect(t.sessions).toHaveLength(1);
    await t.tunnel.stop();
  });

  it('makes a session of its own when the SDK does not come back', async () => {
    const t = setUp([]);
    await t.tunnel.start(PLAN);
    await t.until((state) => state.phase === 'online');
    t.sessions[0]?.events.lost('transport error');
    await t.until((state) => state.phase === 'reconnecting');
    await t.passWait(6000);
    await vi.waitFor(() => expect(t.sessions).toHaveLength(2));
    await t.until((state) => state.phase === 'online');
    expect(t.sessions[0]?.close).toHaveBeenCalledOnce();
    // What the old session still says is nobody's news.
    t.sessions[0]?.events.lost('late');
    t.sessions[1]?.events.beat(33);
    await t.until((state) => state.latencyMs === 33);
    expect(t.tunnel.state().phase).toBe('online');
    await t.tunnel.stop();
  });

  it('replaces a session whose heartbeat is not answered, and one that slept', async () => {
    const t = setUp([]);
    await t.tunnel.start(PLAN);
    await t.until((state) => state.phase === 'online');
    t.sessions[0]?.events.beat(null);
    await vi.waitFor(() => expect(t.sessions).toHaveLength(2));
    await t.until((state) => state.phase === 'online');
    t.leadsHere.mockResolvedValueOnce(false);
    t.pass(8 * 3_600_000);
    await vi.waitFor(() => expect(t.sessions).toHaveLength(3));
    await t.until((state) => state.phase === 'online');
    await t.tunnel.stop();
  });

  it('stays online after sleep when the address still leads here', async () => {
    const t = setUp([]);
    await t.tunnel.start(PLAN);
    await t.until((state) => state.phase === 'online');
    t.tunnel.recheck();
    await vi.waitFor(() => expect(t.leadsHere).toHaveBeenCalledOnce());
    expect(t.sessions).toHaveLength(1);
    await t.tunnel.stop();
  });
});
