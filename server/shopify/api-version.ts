import { toIso } from '../platform/clock.ts';

/** A version is answered for at least a year after its release, at 17:00 UTC. https://shopify.dev/docs/api/usage/versioning */
const SUPPORTED_MONTHS = 12;
const WARN_BEFORE_MS = 60 * 24 * 3600_000;

export interface ApiVersionStatus {
  readonly version: string;
  /** ISO time; null for `unstable`. */
  readonly supportedUntil: string | null;
  readonly state: 'current' | 'ending' | 'ended';
}

/** How long the version is still answered for; `ending` from 60 days before. */
export const apiVersionStatus = (version: string, now: number): ApiVersionStatus => {
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(version) ?? [];
  if (year === undefined || month === undefined) return { version, supportedUntil: null, state: 'current' };
  const end = Date.UTC(Number(year), Number(month) - 1 + SUPPORTED_MONTHS, 1, 17);
  const state = now >= end ? 'ended' : now >= end - WARN_BEFORE_MS ? 'ending' : 'current';
  return { version, supportedUntil: toIso(end), state };
};
