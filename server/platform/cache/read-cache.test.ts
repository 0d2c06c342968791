import { describe, expect, it, vi } from 'vitest';
import { createReadCache } from './read-cache.ts';

let now = Date.parse('2026-11-24T12:00:00.000Z');
const clock = { now: () => now };
const TTL = 60_000;
const make = (maxBytes?: number) => createReadCache({ clock, ...(maxBytes === undefined ? {} : { maxBytes }) });

describe('the cache of reads', () => {
  it('asks once and counts what it saved', async () => {
    const cache = make();
    const load = vi.fn(async () => ({ total: 7 }));
    expect(await cache.read('a', ['orders'], TTL, load)).toEqual({ total: 7 });
    expect(await cache.read('a', ['orders'], TTL, load)).toEqual({ total: 7 });
    expect(load).toHaveBeenCalledTimes(1);
    expect(cache.stats()).toMatchObject({ hits: 1, misses: 1, entries: 1, evictions: 0 });
  });

  it('asks once for many who want the same at the same time', async () => {
    const cache = make();
    let answer = (_value: number): void => undefined;
    const load = vi.fn(() => new Promise<number>((resolve) => (answer = resolve)));
    const all = Promise.all(Array.from({ length: 20 }, () => cache.read('a', ['orders'], TTL, load)));
    await vi.waitFor(() => expect(load).toHaveBeenCalled());
    answer(3);
    expect(await all).toEqual(Array.from({ length: 20 }, () => 3));
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('goes on loading for whoever still waits, and ends it when the last one has gone', async () => {
    const cache = make();
    const answers: { readonly signal: AbortSignal; readonly give: (value: number) => void }[] = [];
    const load = (signal: AbortSignal) => new Promise<number>((resolve) => answers.push({ signal, give: resolve }));
    const [one, other, last] = [new AbortController(), new AbortController(), new AbortController()];
    const left = cache.read('a', [], TTL, load, one.signal);
    const stayed = cache.read('a', [], TTL, load, other.signal);
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    one.abort();
    await expect(left).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(answers[0]?.signal.aborted).toBe(false);
    answers[0]?.give(3);
    expect(await stayed).toBe(3);
    other.abort();
    expect(answers[0]?.signal.aborted).toBe(false);

    const alone = cache.read('b', [], TTL, load, last.signal);
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    last.abort();
    await expect(alone).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(answers[1]?.signal.aborted).toBe(true);
    // Whoever wants it now does not join what was ended.
    const anew = cache.read('b', [], TTL, load);
    await vi.waitFor(() => expect(answers).toHaveLength(3));
    answers[1]?.give(1);
    answers[2]?.give(2);
    expect(await anew).toBe(2);
    expect(await cache.read('b', [], TTL, load)).toBe(2);
    await expect(cache.read('c', [], TTL, load, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(answers).toHaveLength(3);
  });

  it('drops what was made from a tag, and nothing else', async () => {
    const cache = make();
    let n = 0;
    const load = async () => (n += 1);
    await cache.read('orders', ['orders'], TTL, load);
    await cache.read('products', ['products'], TTL, load);
    cache.drop(['orders']);
    expect(await cache.read('products', ['products'], TTL, load)).toBe(2);
    expect(await cache.read('orders', ['orders'], TTL, load)).toBe(3);
  });

  it('does not keep an answer whose rows changed while it was read', async () => {
    const cache = make();
    let answer = (_value: string): void => undefined;
    const load = vi.fn(() => new Promise<string>((resolve) => (answer = resolve)));
    const old = cache.read('a', ['orders'], TTL, load);
    await vi.waitFor(() => expect(load).toHaveBeenCalled());
    cache.drop(['orders']);
    const fresh = cache.read('a', ['orders'], TTL, async () => 'new');
    answer('old');
    expect(await old).toBe('old');
    expect(await fresh).toBe('new');
    expect(await cache.read('a', ['orders'], TTL, async () => 'newer')).toBe('new');
    await vi.waitFor(() => expect(cache.stats().entries).toBe(1));
  });

  it('keeps nothing longer than it was told to', async () => {
    const cache = make();
    await cache.read('a', [], TTL, async () => 1);
    now += TTL;
    expect(await cache.read('a', [], TTL, async () => 2)).toBe(2);
  });

  it('does not keep what would push out everything else', async () => {
    const cache = make(16_000);
    await cache.read('large', [], TTL, async () => 'x'.repeat(2000));
    expect(cache.stats()).toMatchObject({ entries: 0, bytes: 0 });
  });

  it('keeps no failure', async () => {
    const cache = make();
    await expect(cache.read('a', [], TTL, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await cache.read('a', [], TTL, async () => 'here')).toBe('here');
  });

  it('stays within its size and counts what had to go', async () => {
    const cache = make(16_000);
    for (let n = 0; n < 40; n += 1) await cache.read(`key ${n}`, ['orders'], TTL, async () => 'x'.repeat(900));
    const { bytes, evictions, entries } = cache.stats();
    expect(bytes).toBeLessThanOrEqual(16_000);
    expect(evictions).toBe(40 - entries);
    expect(evictions).toBeGreaterThan(10);
  });

  it('can be cleared, an answer under way included', async () => {
    const cache = make();
    await cache.read('a', ['orders'], TTL, async () => 'somebody');
    let answer = (_value: string): void => undefined;
    const load = vi.fn(() => new Promise<string>((resolve) => (answer = resolve)));
    const slow = cache.read('b', ['orders'], TTL, load);
    await vi.waitFor(() => expect(load).toHaveBeenCalled());
    cache.clear();
    answer('somebody');
    await slow;
    await vi.waitFor(() => expect(cache.stats()).toMatchObject({ entries: 0, bytes: 0 }));
  });
});
