import type { StoreSync } from '../../shared/api.ts';
import { formatCount, percent } from './format.ts';
import { formatMs } from './time.ts';

const PHASES: Readonly<Record<StoreSync['phase'], string>> = {
  never: 'Not fetched',
  waiting: 'Waits for its turn',
  preparing: 'Shopify prepares the data',
  downloading: 'Fetching',
  indexing: 'Getting ready for search',
  'catching-up': 'Fetching what changed',
  checking: 'Comparing with Shopify',
  done: 'Up to date',
  paused: 'Paused',
  failed: 'Stopped',
};

export const phaseWords = ({ phase, rows }: Pick<StoreSync, 'phase' | 'rows'>): string =>
  phase === 'never' && rows > 0 ? 'Not complete' : PHASES[phase];

/** `30 of 80 (37 %)`, as far as it is known. */
export const amountWords = ({ rows, total }: Pick<StoreSync, 'rows' | 'total'>): string => {
  const share = percent(rows, total);
  return `${formatCount(rows)}${total === null ? '' : ` of ${formatCount(total)}`}${share === null ? '' : ` (${share}%)`}`;
};

/** `1,200 a second, about 3 min left`, as far as it can be told. */
export const paceWords = ({ rate, secondsLeft }: Pick<StoreSync, 'rate' | 'secondsLeft'>): string =>
  [
    ...(rate !== null && rate >= 1 ? [`${formatCount(Math.round(rate))} a second`] : []),
    ...(secondsLeft !== null && secondsLeft > 1 ? [`about ${formatMs(secondsLeft * 1000)} left`] : []),
  ].join(', ');

type Proof = Pick<StoreSync, 'phase' | 'remoteCount' | 'localCount' | 'withheldCount'>;

/** How many rows the last comparison with Shopify found missing here, below 0: too many; null while there is none or it does not hold. */
export const missingHere = ({ phase, remoteCount, localCount, withheldCount }: Proof): number | null =>
  phase !== 'done' || remoteCount === null || localCount === null ? null : remoteCount - localCount - withheldCount;

/** What the last comparison with Shopify found, in words; empty while there is none or it does not hold. */
export const proofWords = (proof: Proof): string => {
  const missing = missingHere(proof);
  if (missing === null) return '';
  const erased = proof.withheldCount === 0 ? '' : `, but for ${formatCount(proof.withheldCount)} erased`;
  if (missing === 0) return `as many as at Shopify${erased}`;
  const difference = formatCount(Math.abs(missing));
  return `${formatCount(proof.remoteCount ?? 0)} at Shopify, ${difference} ${missing > 0 ? 'missing' : 'more'} here${erased}`;
};

/** What an operator can do about a resource now. */
export const syncActions = ({ phase, resource }: Pick<StoreSync, 'phase' | 'resource'>) => {
  const own = resource !== 'transactions';
  const resting = phase === 'never' || phase === 'done' || phase === 'failed' || phase === 'paused';
  return {
    pause: own && !resting,
    resume: own && phase === 'paused',
    cancel: own && (!resting || phase === 'paused'),
    retry: own && (phase === 'failed' || phase === 'never'),
    verify: own && phase === 'done',
  };
};
