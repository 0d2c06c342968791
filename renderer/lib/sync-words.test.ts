import { describe, expect, it } from 'vitest';
import { amountWords, paceWords, phaseWords, proofWords, syncActions } from './sync-words.ts';

describe('a line of progress', () => {
  it('says how many, of how many, how quick and how long, as far as it is known', () => {
    expect(amountWords({ rows: 30, total: 80 })).toBe('30 of 80 (37%)');
    expect(amountWords({ rows: 1234, total: null })).toBe('1,234');
    expect(paceWords({ rate: 1234.5, secondsLeft: 180 })).toBe('1,235 a second, about 3 min left');
    expect(paceWords({ rate: 0.2, secondsLeft: null })).toBe('');
  });

  it('names the phase in plain words', () => {
    expect(phaseWords({ phase: 'preparing', rows: 0 })).toBe('Shopify prepares the data');
    expect(phaseWords({ phase: 'never', rows: 0 })).toBe('Not fetched');
    expect(phaseWords({ phase: 'never', rows: 7 })).toBe('Not complete');
  });

  it('says what the comparison with Shopify found, once it is done', () => {
    const done = { phase: 'done', remoteCount: 1200, localCount: 1200, withheldCount: 0 } as const;
    expect(proofWords(done)).toBe('as many as at Shopify');
    expect(proofWords({ ...done, localCount: 1197 })).toBe('1,200 at Shopify, 3 missing here');
    expect(proofWords({ ...done, localCount: 1201 })).toBe('1,200 at Shopify, 1 more here');
    expect(proofWords({ ...done, remoteCount: null })).toBe('');
    expect(proofWords({ ...done, localCount: 1198, withheldCount: 2 })).toBe('as many as at Shopify, but for 2 erased');
    expect(proofWords({ ...done, localCount: 1196, withheldCount: 1 })).toBe(
      '1,200 at Shopify, 3 missing here, but for 1 erased',
    );
    expect(proofWords({ ...done, phase: 'checking' })).toBe('');
  });

  it.each([
    ['downloading', { pause: true, resume: false, cancel: true, retry: false, verify: false }],
    ['paused', { pause: false, resume: true, cancel: true, retry: false, verify: false }],
    ['failed', { pause: false, resume: false, cancel: false, retry: true, verify: false }],
    ['done', { pause: false, resume: false, cancel: false, retry: false, verify: true }],
  ] as const)('offers what makes sense while it is %s', (phase, actions) => {
    expect(syncActions({ phase, resource: 'orders' })).toEqual(actions);
    expect(Object.values(syncActions({ phase, resource: 'transactions' }))).not.toContain(true);
  });
});
