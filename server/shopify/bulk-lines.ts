import { AppError } from '../../shared/errors.ts';
import { type Clock, systemClock } from '../platform/clock.ts';

/** One line of a bulk operation's file. */
export interface BulkLine {
  /** The parsed object. */
  readonly value: unknown;
  /** The line as Shopify wrote it. */
  readonly text: string;
  /** 1 for the first line of the file. */
  readonly line: number;
  /** Where the next line begins: to go on after this line, pass it as `fromByte`. */
  readonly endByte: number;
}

export interface BulkBatchOptions {
  /** Begins here, at the start of a line; 0 when absent. */
  readonly fromByte?: number;
  /** The number of lines before `fromByte`, so that numbers go on. */
  readonly fromLine?: number;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  /** Gives a new link once the old one has ended: `async () => (await getBulk(client, id)).url`. */
  readonly renewUrl?: () => Promise<string | null>;
  readonly random?: () => number;
}

/** A connection that says nothing for so long is given up and taken up again. */
const IDLE_MS = 60_000;
/** In a row without a single new line; progress starts the count anew. */
const MAX_FAILURES = 6;
const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 30_000;
/** A longer line is no row of ours; keeping it would be keeping the file in memory. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;
const NEWLINE = 0x0a;
/** What a storage service answers for a link that has ended, was signed otherwise, or leads nowhere. */
const LINK_ENDED = new Set([400, 401, 403, 404, 410]);

class LinkEnded extends Error {
  override readonly name = 'LinkEnded';
}

/** Only https, since the file is the store's data; plain HTTP for a stand-in on this computer. */
const assertSafe = (url: string): void => {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:' || /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)) return;
  throw new AppError('SHOPIFY_ERROR', 'Shopify’s link to the bulk file is not an https address.');
};

/** The file's bytes from `fromByte`, as they come. */
async function* download(url: string, fromByte: number, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  assertSafe(url);
  const idle = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const restart = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => idle.abort(new Error('no data for a minute')), IDLE_MS);
  };
  try {
    restart();
    const response = await fetch(url, {
      // Compressed, the offsets would not be the file's.
      headers: { 'Accept-Encoding': 'identity', ...(fromByte > 0 ? { Range: `bytes=${fromByte}-` } : {}) },
      signal: signal ? AbortSignal.any([signal, idle.signal]) : idle.signal,
    });
    // The end of the file was reached before: there is nothing behind it.
    if (response.status === 416) return;
    if (LINK_ENDED.has(response.status)) throw new LinkEnded(`HTTP ${response.status}`);
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
    // A server that knows no ranges sends the file from its start.
    let skip = response.status === 206 ? 0 : fromByte;
    const expected = Number(response.headers.get('content-length') ?? Number.NaN);
    let received = 0;
    for await (const chunk of response.body) {
      restart();
      received += chunk.length;
      if (skip >= chunk.length) skip -= chunk.length;
      else {
        yield skip > 0 ? chunk.subarray(skip) : chunk;
        skip = 0;
      }
    }
    if (Number.isFinite(expected) && received < expected) throw new Error('the connection ended before the file did');
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Lines in batches, one for each piece that the network delivers; never the file as a whole. A dropped connection is taken up again
 * behind the last whole line, an ended link is asked for anew.
 * @throws AppError `SHOPIFY_UNREACHABLE` after six failures in a row, `SHOPIFY_ERROR` for a line that is not JSON
 */
export async function* readBulkBatches(url: string, options: BulkBatchOptions = {}): AsyncGenerator<BulkLine[]> {
  const clock = options.clock ?? systemClock;
  const random = options.random ?? Math.random;
  let link = url;
  let endByte = options.fromByte ?? 0;
  let line = options.fromLine ?? 0;
  let failures = 0;

  const parse = (bytes: Uint8Array, lineBytes: number): BulkLine | null => {
    endByte += lineBytes;
    line += 1;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
    if (text.trim() === '') return null;
    try {
      return { value: JSON.parse(text), text, line, endByte };
    } catch (cause) {
      throw new AppError('SHOPIFY_ERROR', `Line ${line} of the bulk file is not JSON.`, {
        hint: 'Start the import again.',
        cause,
      });
    }
  };

  for (;;) {
    let rest: Uint8Array = new Uint8Array(0);
    try {
      for await (const chunk of download(link, endByte, options.signal)) {
        const batch: BulkLine[] = [];
        let from = 0;
        for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
          const piece = chunk.subarray(from, at);
          const whole = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
          const parsed = parse(whole, whole.length + 1);
          if (parsed) batch.push(parsed);
          rest = new Uint8Array(0);
          from = at + 1;
        }
        if (from < chunk.length) rest = Buffer.concat([rest, chunk.subarray(from)]);
        if (rest.length > MAX_LINE_BYTES)
          throw new AppError('SHOPIFY_ERROR', `Line ${line + 1} of the bulk file is longer than 16 MB.`);
        if (batch.length > 0) {
          failures = 0;
          yield batch;
        }
      }
      // The last line may lack its line end.
      const last = rest.length > 0 ? parse(rest, rest.length) : null;
      if (last) yield [last];
      return;
    } catch (thrown) {
      options.signal?.throwIfAborted();
      if (thrown instanceof AppError) throw thrown;
      failures += 1;
      if (failures > MAX_FAILURES) {
        throw new AppError('SHOPIFY_UNREACHABLE', 'The bulk file could not be downloaded.', {
          hint: 'Check the internet connection; the import goes on where it stopped.',
          cause: thrown,
        });
      }
      if (thrown instanceof LinkEnded && options.renewUrl) {
        const renewed = await options.renewUrl();
        if (renewed === null)
          throw new AppError('SHOPIFY_ERROR', 'Shopify has removed the bulk file.', {
            hint: 'Start the import again.',
          });
        link = renewed;
        // The first new link is tried at once; when it does not work either, the service needs time.
        if (failures === 1) continue;
      }
      await clock.delay(random() * Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** failures), options.signal);
    }
  }
}

/** As `readBulkBatches`, line by line; for those who need not be quick. */
export async function* readBulkLines(url: string, options: BulkBatchOptions = {}): AsyncGenerator<BulkLine> {
  for await (const batch of readBulkBatches(url, options)) yield* batch;
}
