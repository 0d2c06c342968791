import type { Environment } from './environment.ts';

/** An event as it will be sent: JSON, made when it happened, so that a page that changes its objects later changes nothing here. */
export interface OutboxItem {
  readonly json: string;
  tries: number;
}

/** Events on their way: collected for a moment, sent in small batches, tried again while the page lives. */
export interface Outbox {
  /** `isUrgent`: the shopper may leave the page with this step, so nothing is waited for. */
  add(json: string, isUrgent: boolean): void;
  flush(): void;
  /** Forgets what was not sent, e.g. because the shopper withdrew consent. */
  clear(): void;
  /** Events given up so far: the buffer was full, the backend refused them or stayed away. */
  readonly lost: number;
}

/** A batch waits this long for company. Workers are ended without a warning when the page goes, so it is short. */
const COLLECT_MS = 150;
const MAX_EVENTS = 25;
/** Browsers allow 64 KiB of `keepalive` bodies in flight for a page, all senders together; the backend takes 256 kB. */
const MAX_BATCH_CHARS = 30_000;
const KEEPALIVE_CHARS = 60_000;
const MAX_IN_FLIGHT = 3;
const MAX_WAITING = 300;
const MAX_TRIES = 5;
const TIMEOUT_MS = 10_000;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;

/** 408, 429 and 5xx pass; any other refusal would be repeated. */
const isWorthRetrying = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/** @param stamp Completes an event's JSON at the moment it is sent. */
export const createOutbox = (options: { env: Environment; url: string; stamp: (json: string) => string }): Outbox => {
  const { env, url, stamp } = options;
  let waiting: OutboxItem[] = [];
  let timer: (() => void) | null = null;
  let inFlight = 0;
  let keptAlive = 0;
  let lost = 0;
  let failures = 0;
  let generation = 0;
  let notBefore = 0;

  const schedule = (ms: number): void => {
    if (timer) return;
    timer = env.later(ms, () => {
      timer = null;
      flush();
    });
  };

  const takeBatch = (): OutboxItem[] => {
    let chars = 0;
    let count = 0;
    for (const item of waiting) {
      if (count > 0 && (count >= MAX_EVENTS || chars + item.json.length > MAX_BATCH_CHARS)) break;
      chars += item.json.length;
      count += 1;
    }
    return waiting.splice(0, count);
  };

  const putBack = (batch: OutboxItem[], from: number, retryAfterMs: number): void => {
    if (from !== generation) return;
    for (const item of batch) item.tries += 1;
    const again = batch.filter((item) => item.tries < MAX_TRIES);
    lost += batch.length - again.length;
    waiting = again.concat(waiting);
    dropOverflow();
    failures += 1;
    const backOff = Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS);
    const wait = Math.max(backOff * (0.5 + env.random() / 2), retryAfterMs);
    notBefore = env.now() + wait;
    if (waiting.length > 0) schedule(wait);
  };

  const dropOverflow = (): void => {
    if (waiting.length <= MAX_WAITING) return;
    lost += waiting.length - MAX_WAITING;
    waiting = waiting.slice(-MAX_WAITING);
  };

  const post = async (batch: OutboxItem[]): Promise<void> => {
    const from = generation;
    const body = `[${batch.map((item) => stamp(item.json)).join(',')}]`;
    const keepalive = keptAlive + body.length <= KEEPALIVE_CHARS;
    if (keepalive) keptAlive += body.length;
    inFlight += 1;
    const abort = new AbortController();
    const cancel = env.later(TIMEOUT_MS, () => abort.abort());
    try {
      // text/plain and no header of our own: the browser asks no permission first (no CORS preflight).
      const answer = await env.fetch(url, {
        method: 'POST',
        body,
        keepalive,
        mode: 'cors',
        credentials: 'omit',
        headers: { 'Content-Type': 'text/plain;charset=UTF-8' },
        signal: abort.signal,
      });
      if (isWorthRetrying(answer.status)) {
        const seconds = Number(answer.headers.get('retry-after'));
        putBack(batch, from, seconds > 0 ? Math.min(seconds, 60) * 1000 : 0);
      } else {
        failures = 0;
        notBefore = 0;
        if (!answer.ok) lost += batch.length;
      }
    } catch {
      // No connection, or no answer in time: nothing a shop should notice. It is tried again, and counted when given up.
      putBack(batch, from, 0);
    } finally {
      cancel();
      inFlight -= 1;
      if (keepalive) keptAlive -= body.length;
      if (waiting.length > 0) schedule(Math.max(0, notBefore - env.now()));
    }
  };

  const flush = (): void => {
    timer?.();
    timer = null;
    if (env.now() < notBefore) {
      if (waiting.length > 0) schedule(notBefore - env.now());
      return;
    }
    while (waiting.length > 0 && inFlight < MAX_IN_FLIGHT) {
      // While the backend is failing, one batch finds out whether it is back.
      if (failures > 0 && inFlight > 0) return;
      void post(takeBatch());
    }
  };

  return {
    add: (json, isUrgent) => {
      waiting.push({ json, tries: 0 });
      dropOverflow();
      if (isUrgent || waiting.length >= MAX_EVENTS) flush();
      else schedule(COLLECT_MS);
    },
    flush,
    clear: () => {
      generation += 1;
      waiting = [];
    },
    get lost() {
      return lost;
    },
  };
};
