import { BackendToMain, type DesktopNews, type MainToBackend } from '../shared/process-messages.ts';
import type { RestartPolicy } from './restart-policy.ts';

/** How long requests of the first window wait for the first start, so that it does not have to ask again. */
const FIRST_START_MS = 15_000;
const STOP_MS = 6000;
const KILL_MS = 1500;

interface Output {
  on(event: 'data', listener: (chunk: unknown) => void): unknown;
}

/** What is used of Electron's `UtilityProcess`, so that tests can stand in for it. */
export interface BackendProcess {
  readonly pid: number | undefined;
  readonly stdout: Output | null;
  readonly stderr: Output | null;
  postMessage(message: MainToBackend): void;
  kill(): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'exit', listener: (code: number) => void): unknown;
}

export interface BackendProblem {
  readonly message: string;
  readonly hint?: string | undefined;
}

interface SupervisorOptions {
  readonly fork: () => BackendProcess;
  /** A fresh socket for each start, so that what a killed process left behind is never in the way. */
  readonly nextSocketPath: () => string;
  readonly startMessage: (socketPath: string) => MainToBackend;
  readonly policy: RestartPolicy;
  readonly output: (text: string) => void;
  readonly event: (level: 'info' | 'error', event: string, facts: Record<string, unknown>) => void;
  /** The backend said why it can't run, e.g. a wrong setting. It is tried again all the same. */
  readonly onProblem: (problem: BackendProblem) => void;
  /** The operator wants another master key. What comes back is the answer; the next start message must know the new key already. */
  readonly onChangeKey: () => Extract<MainToBackend, { type: 'key-changed' | 'key-unchanged' }>;
  /** Nothing is sealed with older keys than the one with this digest any more. */
  readonly onOlderKeysUnused: (currentKey: string) => void;
  /** Something to say outside of the window. */
  readonly onNews: (news: DesktopNews) => void;
  readonly forceKill?: (pid: number) => void;
}

export interface BackendSupervisor {
  readonly start: () => void;
  /** Where the backend listens, or null while it is away. Waits for a while during the very first start. */
  readonly address: () => Promise<string | null>;
  readonly problem: () => BackendProblem | null;
  /** The computer woke up from sleep. A backend that is away learns nothing: it starts anew anyway. */
  readonly woke: () => void;
  /** Ends the backend: asks, then terminates, then kills. */
  readonly stop: () => Promise<void>;
}

type State =
  | { readonly kind: 'stopped' | 'waiting' }
  | { readonly kind: 'starting' | 'ready'; readonly child: BackendProcess; readonly socketPath: string };

const killNow = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself in the last moment, and its exit is not told yet.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

/** Keeps the backend running: starts it, starts it again when it dies, and ends it with the app. */
export const createBackendSupervisor = (options: SupervisorOptions): BackendSupervisor => {
  let state: State = { kind: 'stopped' };
  let stopping = false;
  let problem: BackendProblem | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let startedAt = 0;
  let firstStartIsOver = (): void => undefined;
  /** Settles at the first readiness or the first failure, whichever comes first. */
  const firstStart = new Promise<void>((resolve) => {
    firstStartIsOver = resolve;
  });

  const receive = (child: BackendProcess, raw: unknown): void => {
    const parsed = BackendToMain.safeParse(raw);
    if (!parsed.success) {
      options.event('error', 'backend-message-unknown', { problem: parsed.error.message });
      return;
    }
    if ((state.kind !== 'starting' && state.kind !== 'ready') || state.child !== child) return;
    const message = parsed.data;
    if (message.type === 'change-key') {
      child.postMessage(options.onChangeKey());
      return;
    }
    if (message.type === 'older-keys-unused') {
      options.onOlderKeysUnused(message.currentKey);
      return;
    }
    if (message.type === 'deadlines' || message.type === 'notice' || message.type === 'import') {
      options.onNews(message);
      return;
    }
    // A backend that composed itself anew says again that it is ready.
    if (state.kind === 'ready') return;
    if (message.type === 'failed') {
      problem = { message: message.message, hint: message.hint };
      options.event('error', 'backend-failed', { message: message.message });
      options.onProblem(problem);
      return;
    }
    problem = null;
    state = { kind: 'ready', child, socketPath: state.socketPath };
    options.policy.ready();
    options.event('info', 'backend-ready', { pid: child.pid, afterMs: Date.now() - startedAt });
    firstStartIsOver();
  };

  const gone = (code: number): void => {
    firstStartIsOver();
    if (stopping) {
      state = { kind: 'stopped' };
      options.event('info', 'backend-stopped', { code });
      return;
    }
    const delay = options.policy.gone();
    state = { kind: 'waiting' };
    options.event('error', 'backend-gone', { code, restartInMs: delay });
    // A timer for the immediate restart too: nothing is started from inside another process's event.
    timer = setTimeout(start, delay);
  };

  const start = (): void => {
    if (stopping) return;
    startedAt = Date.now();
    const socketPath = options.nextSocketPath();
    const child = options.fork();
    state = { kind: 'starting', child, socketPath };
    const keep = (data: unknown): void => options.output(String(data));
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('message', (message) => receive(child, message));
    child.once('exit', gone);
    child.postMessage(options.startMessage(socketPath));
  };

  const stop = async (): Promise<void> => {
    stopping = true;
    clearTimeout(timer);
    if (state.kind !== 'starting' && state.kind !== 'ready') return;
    const { child } = state;
    await new Promise<void>((resolve) => {
      let killer: ReturnType<typeof setTimeout> | undefined;
      const terminator = setTimeout(() => {
        options.event('error', 'backend-stop-slow', { pid: child.pid });
        child.kill();
        killer = setTimeout(() => {
          if (child.pid !== undefined) (options.forceKill ?? killNow)(child.pid);
          resolve();
        }, KILL_MS);
      }, STOP_MS);
      child.once('exit', () => {
        clearTimeout(terminator);
        clearTimeout(killer);
        resolve();
      });
      child.postMessage({ type: 'stop' });
    });
  };

  const address = async (): Promise<string | null> => {
    if (state.kind === 'starting' || state.kind === 'stopped') {
      let patience: ReturnType<typeof setTimeout> | undefined;
      const limit = new Promise<void>((resolve) => {
        patience = setTimeout(resolve, FIRST_START_MS);
      });
      await Promise.race([firstStart, limit]);
      clearTimeout(patience);
    }
    return state.kind === 'ready' ? state.socketPath : null;
  };

  const woke = (): void => {
    if (state.kind === 'ready') state.child.postMessage({ type: 'woke' });
  };

  return { start, address, problem: () => problem, woke, stop };
};
