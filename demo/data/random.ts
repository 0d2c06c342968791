/** Reproducible randomness: the same seed gives the same store, whatever the order in which its parts are asked for. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number, both ends included. */
  int(from: number, to: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
  chance(probability: number): boolean;
  hex(length: number): string;
  uuid(): string;
}

/** FNV-1a over the parts, so that `(seed, shop, index)` gives an independent seed each. */
export const hashSeed = (...parts: readonly (string | number)[]): number => {
  let hash = 0x811c9dc5;
  const text = parts.join('\u0001');
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};

/** A seed for the row at `index`, from a seed for its kind: arithmetic only, since it is asked for millions of times. */
export const seedAt = (kind: number, index: number): number => {
  let mixed = kind ^ Math.imul(index + 1, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
};

/** One number in [0, 1) from a seed. */
export const unitOf = (seed: number): number => seed / 4294967296;

/** mulberry32: small, fast, good enough for shop data. A class, since a generator is made for every row. */
class Mulberry implements Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  #whole(): number {
    const state = (this.#state + 0x6d2b79f5) >>> 0;
    this.#state = state;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
  next(): number {
    return this.#whole() / 4294967296;
  }
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }
  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.int(0, items.length - 1)] ?? items[0];
  }
  chance(probability: number): boolean {
    return this.next() < probability;
  }
  hex(length: number): string {
    let text = '';
    while (text.length < length) text += this.#whole().toString(16).padStart(8, '0');
    return text.slice(0, length);
  }
  uuid(): string {
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-${'89ab'.charAt(this.int(0, 3))}${this.hex(3)}-${this.hex(12)}`;
  }
}

export const createRandom = (seed: number): Random => new Mulberry(seed);
