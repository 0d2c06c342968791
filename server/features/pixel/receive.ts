import { isAscii } from 'node:buffer';
import { AppError } from '../../../shared/errors.ts';
import type { PixelEvent, PixelStamp } from '../../../shared/pixel/event.ts';
import { type Cleaning, cleaningFor, cleanJson } from './clean-event.ts';
import { elementSlices, refuseDeepNesting, type Slice, trimmed } from './json-slices.ts';
import { createUpgrade, type Upgrade } from './upgrades.ts';
import type { CheckPixelEvent } from './validators.ts';

/** One event that is to be stored. */
export interface AcceptedEvent {
  readonly id: string;
  readonly name: string;
  readonly clientId: string;
  /** Milliseconds since the epoch, by this computer's clock as far as the send time allows. */
  readonly occurredAt: number;
  /** The extension's version; empty for events that something else sent. */
  readonly version: string;
  readonly raw: string;
  /** Where `raw` begins in the body of its batch, when it stands there as it is; else -1. */
  readonly at: number;
}

export interface RejectedEvent {
  readonly id: string | null;
  readonly name: string;
  readonly version: string;
  readonly reason: string;
  readonly raw: string;
}

export interface WithheldEvent {
  readonly name: string;
  readonly version: string;
  /** Of an event of the checkout: its order will be missed, and can be told why. */
  readonly checkoutToken: string | null;
}

/** What one request brought, checked. */
export interface PixelBatch {
  readonly shop: string;
  readonly receivedAt: number;
  /** As it came; null when no event is stored just as it stands there. */
  readonly body: Buffer | null;
  readonly accepted: readonly AcceptedEvent[];
  readonly rejected: readonly RejectedEvent[];
  /** Events whose shopper does not allow analytics: not stored, only counted. */
  readonly withheld: readonly WithheldEvent[];
}

const MAX_EVENTS = 500;
const RAW_LIMIT = 16_384;
/** Differences below this are the way through the network, not a wrong clock. */
const SKEW_MS = 10_000;

const textOr = (value: unknown, fallback: string): string =>
  typeof value === 'string' && value !== '' ? value.slice(0, 100) : fallback;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('INVALID_JSON', 'The body is not JSON.', {
      hint: 'Send one event or an array of events, as text/plain or application/json.',
      cause,
    });
  }
};

const versionOf = (input: unknown): string => {
  const stamp = isRecord(input) ? input.backroom : undefined;
  const version = isRecord(stamp) ? stamp.extension : undefined;
  return typeof version === 'string' && /^\d{1,4}\.\d{1,4}\.\d{1,4}$/.test(version) ? version : '';
};

const reject = (input: unknown, reason: string): RejectedEvent => ({
  id: isRecord(input) && typeof input.id === 'string' ? input.id.slice(0, 100) : null,
  name: textOr(isRecord(input) ? input.name : undefined, '(no name)'),
  version: versionOf(input),
  reason,
  // Whatever did not fit may have its personal data anywhere.
  raw: cleanJson(input, { personal: true, clickIds: true }).slice(0, RAW_LIMIT),
});

const checkoutTokenOf = ({ data }: PixelEvent): string | null => {
  const checkout = isRecord(data) ? data.checkout : undefined;
  const token = isRecord(checkout) ? checkout.token : undefined;
  return typeof token === 'string' && token !== '' ? token.slice(0, 100) : null;
};

/** The event's time by this computer's clock: what the browser's clock is off by shows in the send time. Nothing happens in the future. */
const occurredAt = (event: PixelEvent, stamp: PixelStamp | undefined, receivedAt: number): number => {
  const claimed = Date.parse(event.timestamp);
  const skew = stamp === undefined ? 0 : receivedAt - Date.parse(stamp.sentAt);
  return Math.min(receivedAt, Math.abs(skew) > SKEW_MS ? claimed + skew : claimed);
};

/** Where the events of a batch stand as they were sent. */
interface Source {
  readonly body: Buffer | null;
  readonly text: string;
  readonly sliceOf: (index: number) => Slice;
}

/** A body that is JSON; `bytes` only where each character of `text` is one byte of it. */
interface ParsedBody {
  readonly bytes: Buffer | null;
  readonly text: string;
  readonly events: readonly unknown[];
}

const OPEN_LIST = 91;

/** Checks, cleans and dates the events of a body; nothing here waits. */
export const createReceiver = (options: {
  check: CheckPixelEvent;
  /** Brings events of older forms up to the present one; a test has versions of its own. */
  upgrade?: Upgrade;
}) => {
  const { check, upgrade = createUpgrade() } = options;

  const sort = (
    shop: string,
    receivedAt: number,
    inputs: readonly unknown[],
    source: Source,
    cleaning: Cleaning,
  ): PixelBatch => {
    const accepted: AcceptedEvent[] = [];
    const rejected: RejectedEvent[] = [];
    const withheld: WithheldEvent[] = [];
    inputs.forEach((input, index) => {
      const upgraded = upgrade(input);
      if ('problem' in upgraded) {
        rejected.push(reject(input, upgraded.problem));
        return;
      }
      const result = check(upgraded.event, shop);
      if (!result.ok) {
        rejected.push(reject(input, result.reason));
        return;
      }
      const { event } = result;
      const stamp = event.backroom;
      const version = stamp?.extension ?? '';
      if (stamp !== undefined && !stamp.privacy.includes('a')) {
        withheld.push({ name: event.name, version, checkoutToken: checkoutTokenOf(event) });
        return;
      }
      const clickIds = cleaning.clickIds && stamp !== undefined && !stamp.privacy.includes('m');
      const isChanged = upgraded.changed || cleaning.personal || clickIds;
      const slice = isChanged ? null : source.sliceOf(index);
      accepted.push({
        id: event.id,
        name: event.name,
        clientId: event.clientId,
        occurredAt: occurredAt(event, stamp, receivedAt),
        version,
        raw:
          slice === null
            ? cleanJson(event, { personal: cleaning.personal, clickIds })
            : source.text.slice(slice.start, slice.start + slice.length),
        at: slice === null || source.body === null ? -1 : slice.start,
      });
    });
    return { shop, receivedAt, body: source.body, accepted, rejected, withheld };
  };

  return {
    /** @throws AppError `INVALID_JSON`, `BAD_REQUEST` */
    parseBody: (body: unknown): ParsedBody => {
      const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
      // Where each character is a byte, places in the text are places in the body.
      const plain = isAscii(bytes);
      const text = bytes.toString(plain ? 'latin1' : 'utf8');
      const parsed = parse(text);
      const events = Array.isArray(parsed) ? parsed : [parsed];
      if (events.length === 0 || events.length > MAX_EVENTS) {
        throw new AppError('BAD_REQUEST', `A request takes 1 to ${MAX_EVENTS} events; this one has ${events.length}.`, {
          hint: 'Split it into several requests.',
        });
      }
      return { bytes: plain ? bytes : null, text, events };
    },
    /** Sorts what `parseBody` found. @throws AppError `BAD_REQUEST` */
    toBatch: (shop: string, receivedAt: number, { bytes, text, events }: ParsedBody): PixelBatch => {
      const whole = trimmed(text, 0, text.length);
      const slices = events.length !== 1 || text.charCodeAt(whole.start) === OPEN_LIST ? elementSlices(text) : null;
      if (slices === null) refuseDeepNesting(text);
      const sliceOf = (index: number): Slice => slices?.[index] ?? whole;
      return sort(shop, receivedAt, events, { body: bytes, text, sliceOf }, cleaningFor(text));
    },
    /** Sorts one event that waited in quarantine. */
    again: (shop: string, receivedAt: number, input: unknown): PixelBatch => {
      const text = JSON.stringify(input);
      const sliceOf = (): Slice => ({ start: 0, length: text.length });
      return sort(shop, receivedAt, [input], { body: null, text, sliceOf }, { personal: true, clickIds: true });
    },
  };
};
export type PixelReceiver = ReturnType<typeof createReceiver>;
