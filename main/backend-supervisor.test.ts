import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MainToBackend } from '../shared/process-messages.ts';
import { type BackendProcess, createBackendSupervisor } from './backend-supervisor.ts';
import { createRestartPolicy } from './restart-policy.ts';

class FakeProcess extends EventEmitter implements BackendProcess {
  readonly stdout = new EventEmitter();
  readonly stderr = new EventEmitter();
  readonly received: MainToBackend[] = [];
  readonly pid: number;
  killed = 0;

  constructor(pid: number) {
    super();
    this.pid = pid;
  }

  postMessage(message: MainToBackend): void {
    this.received.push(message);
  }

  kill(): boolean {
    this.killed += 1;
    return true;
  }
}

const setUp = ({ firstPid = 1, killsForReal = false } = {}) => {
  const children: FakeProcess[] = [];
  const problems: string[] = [];
  const unused: string[] = [];
  const forceKill = vi.fn();
  const output: string[] = [];
  const news: unknown[] = [];
  const supervisor = createBackendSupervisor({
    fork: () => {
      const child = new FakeProcess(children.length + firstPid);
      children.push(child);
      return child;
    },
    nextSocketPath: () => `/socket/${children.length + 1}`,
    startMessage: (socketPath) => ({
      type: 'start',
      dataDir: '/data',
      socketPath,
      doorKey: 'k'.repeat(43),
      masterKey: 'm'.repeat(44),
      olderMasterKeys: [],
      masterKeySource: 'key-file',
    }),
    policy: createRestartPolicy(Date.now),
    output: (text) => output.push(text),
    event: () => undefined,
    onProblem: (problem) => problems.push(problem.message),
    onChangeKey: () => ({ type: 'key-changed', masterKey: 'n'.repeat(44), olderMasterKeys: ['m'.repeat(44)] }),
    onOlderKeysUnused: (currentKey) => unused.push(currentKey),
    onNews: (message) => news.push(message),
    ...(killsForReal ? {} : { forceKill }),
  });
  const child = (index: number): FakeProcess => {
    const found = children[index];
    if (found === undefined) throw new Error(`process ${index} was not started`);
    return found;
  };
  return { supervisor, children, child, problems, unused, forceKill, output, news };
};

describe('backend supervisor', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('gives requests of the first start the address once the backend is ready', async () => {
    const { supervisor, child } = setUp();
    supervisor.start();
    const address = supervisor.address();
    expect(child(0).received).toMatchObject([{ type: 'start', socketPath: '/socket/1' }]);
    child(0).emit('message', { type: 'ready', publicUrl: 'http://127.0.0.1:7701' });
    expect(await address).toBe('/socket/1');
  });

  it('passes on what is said outside of the window, from the backend that runs only', () => {
    const { supervisor, child, news } = setUp();
    supervisor.start();
    const deadlines = { type: 'deadlines', due: 2, urgent: 1, overdue: 0 };
    // Said while the backend still starts: an older copy is looked through before it is ready.
    child(0).emit('message', deadlines);
    child(0).emit('message', { type: 'ready', publicUrl: 'http://127.0.0.1:7701' });
    child(0).emit('message', { type: 'notice', title: 'Failed', body: '', open: 'https://elsewhere.example' });
    const share = { type: 'import', share: 0.5 };
    child(0).emit('message', share);
    child(0).emit('exit', 1);
    child(0).emit('message', deadlines);
    expect(news).toEqual([deadlines, share]);
  });

  it('tells a backend that runs that the computer woke up, and spares one that starts', () => {
    const { supervisor, child } = setUp();
    supervisor.start();
    supervisor.woke();
    expect(child(0).received.map((message) => message.type)).toEqual(['start']);
    child(0).emit('message', { type: 'ready', publicUrl: 'http://127.0.0.1:7701' });
    supervisor.woke();
    expect(child(0).received.map((message) => message.type)).toEqual(['start', 'woke']);
  });

  it('starts a killed backend again at once, on a new socket, and says meanwhile that it is away', async () => {
    const { supervisor, child } = setUp();
    supervisor.start();
    child(0).emit('message', { type: 'ready', publicUrl: 'http://127.0.0.1:7701' });
    child(0).emit('exit', 137);
    expect(await supervisor.address()).toBeNull();
    vi.advanceTimersByTime(0);
    expect(child(1).received).toMatchObject([{ type: 'start', socketPath: '/socket/2' }]);
    expect(await supervisor.address()).toBeNull();
    child(1).emit('message', { type: 'ready', publicUrl: 'http://127.0.0.1:7701' });
    expect(await supervisor.address()).toBe('/socket/2');
  });

  it('keeps trying, more slowly, when the backend can not run, and passes its reason on', async () => {
    const { supervisor, children, child, problems } = setUp();
    supervisor.start();
    child(0).emit('message', { type: 'failed', message: 'wrong value', hint: 'correct it' });
    child(0).emit('exit', 1);
    expect(problems).toEqual(['wrong value']);
    expect(supervisor.problem()).toEqual({ message: 'wrong value', hint: 'correct it' });
    vi.advanceTimersByTime(0);
    child(1).emit('exit', 1);
    vi.advanceTimersByTime(249);
    expect(children).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(children).toHaveLength(3);
    child(2).emit('message', { type: 'ready', publicUrl: 'http://127.0.0.1:7701' });
    expect(supervisor.problem()).toBeNull();
  });

  it('does not let requests wait for ever when the first start hangs', async () => {
    const { supervisor } = setUp();
    supervisor.start();
    const address = supervisor.address();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await address).toBeNull();
  });

  it('ignores messages that are not part of the contract', async () => {
    const { supervisor, child } = setUp();
    supervisor.start();
    child(0).emit('message', { type: 'ready' });
    child(0).emit('message', 'ready');
    const address = supervisor.address();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await address).toBeNull();
  });

  it('makes a new master key when the backend asks for one, and learns when the older ones can go', () => {
    const { supervisor, child, unused } = setUp();
    supervisor.start();
    child(0).emit('message', { type: 'ready', publicUrl: 'http://127.0.0.1:7701' });
    child(0).emit('message', { type: 'change-key' });
    expect(child(0).received.at(-1)).toEqual({
      type: 'key-changed',
      masterKey: 'n'.repeat(44),
      olderMasterKeys: ['m'.repeat(44)],
    });
    child(0).emit('message', { type: 'older-keys-unused', currentKey: 'digest' });
    expect(unused).toEqual(['digest']);
  });

  it('stops: asks first, and does not start again', async () => {
    const { supervisor, children, child } = setUp();
    supervisor.start();
    const stopped = supervisor.stop();
    expect(child(0).received.at(-1)).toEqual({ type: 'stop' });
    child(0).emit('exit', 0);
    await stopped;
    vi.advanceTimersByTime(60_000);
    expect(children).toHaveLength(1);
    expect(child(0).killed).toBe(0);
  });

  it('stops: terminates, then kills a backend that does not listen', async () => {
    const { supervisor, child, forceKill } = setUp();
    supervisor.start();
    const stopped = supervisor.stop();
    await vi.advanceTimersByTimeAsync(6000);
    expect(child(0).killed).toBe(1);
    await vi.advanceTimersByTimeAsync(1500);
    await stopped;
    expect(forceKill).toHaveBeenCalledWith(1);
  });

  it('stops: a backend that has just ended by itself can’t be killed any more, and that is all right', async () => {
    // No system gives a process such a number.
    const { supervisor, child } = setUp({ firstPid: 2 ** 30, killsForReal: true });
    supervisor.start();
    const stopped = supervisor.stop();
    await vi.advanceTimersByTimeAsync(7500);
    await expect(stopped).resolves.toBeUndefined();
    expect(child(0).killed).toBe(1);
  });

  it('hands what the backend prints to the log', () => {
    const { supervisor, child, output } = setUp();
    supervisor.start();
    child(0).stdout.emit('data', Buffer.from('one\n'));
    child(0).stderr.emit('data', Buffer.from('two\n'));
    expect(output).toEqual(['one\n', 'two\n']);
  });
});
