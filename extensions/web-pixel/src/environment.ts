/** What the pixel takes from the sandbox it runs in, so that tests can hand in their own. */
export interface Environment {
  /** Milliseconds since the epoch, by the shopper's clock. */
  now(): number;
  /** A number from 0 to 1, for jitter. */
  random(): number;
  uuid(): string;
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Calls back after `ms`; the answer cancels. */
  later(ms: number, work: () => void): () => void;
  /** Calls back when the page goes away, where the sandbox can see that. */
  onHide(work: () => void): void;
}

const hex = (length: number): string => {
  let text = '';
  while (text.length < length) text += Math.floor(Math.random() * 16).toString(16);
  return text;
};

/** The strict sandbox is a web worker: `fetch` and timers, no window. Elsewhere the page's events are used as well. */
export const sandboxEnvironment = (): Environment => ({
  now: () => Date.now(),
  random: () => Math.random(),
  // Only secure contexts have randomUUID; the id need not be unguessable, only different.
  uuid: () => globalThis.crypto?.randomUUID?.() ?? `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
  fetch: (url, init) => globalThis.fetch(url, init),
  later: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  onHide: (work) => {
    if (typeof globalThis.addEventListener !== 'function') return;
    globalThis.addEventListener('pagehide', work);
    globalThis.addEventListener('visibilitychange', work);
  },
});
