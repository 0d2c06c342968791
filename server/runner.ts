interface Running {
  recheckNetwork(): void;
  close(): Promise<void>;
}

/** Starts the app, composes it anew when that is asked for, and stops it once; never two at a time on the same data. */
export interface Runner {
  /** @throws what kept the app from starting */
  start(): Promise<void>;
  /** Closes what runs and starts it again. Asked for several times before that has begun, it is done once. */
  restart(why: string): void;
  /** Nothing starts after it. */
  stop(): Promise<void>;
  recheckNetwork(): void;
  /** Resolves when nothing is being started or stopped. */
  idle(): Promise<void>;
}

export const createRunner = <App extends Running>(options: {
  /** Composes and starts it, of what holds at that moment. */
  start: (onRestartNeeded: () => void) => Promise<App>;
  onStarted: (app: App) => void;
  onRestart: (why: string) => void;
  /** It could not be composed anew. */
  onFailed: (error: unknown) => void;
}): Runner => {
  let app: App | null = null;
  let chain: Promise<void> = Promise.resolve();
  let isRestartAsked = false;
  let isStopped = false;
  const enqueue = (work: () => Promise<void>): Promise<void> => {
    const done = chain.then(work);
    chain = done.catch(() => undefined);
    return done;
  };
  const close = async (): Promise<void> => {
    const closing = app;
    app = null;
    await closing?.close();
  };
  const startNow = async (): Promise<void> => {
    app = await options.start(() => restart('composing the backend anew'));
    options.onStarted(app);
  };
  const restart = (why: string): void => {
    if (isRestartAsked || isStopped) return;
    isRestartAsked = true;
    options.onRestart(why);
    // One piece of work: between the end of one app and the start of the next nothing else may start one.
    enqueue(async () => {
      isRestartAsked = false;
      await close();
      await startNow();
    }).catch(options.onFailed);
  };
  return {
    start: () => enqueue(startNow),
    restart,
    stop: () => {
      isStopped = true;
      return enqueue(close);
    },
    recheckNetwork: () => app?.recheckNetwork(),
    idle: () => chain,
  };
};
