/**
 * Regular expressions of people who write rules, run without backtracking: JavaScript's own engine can take for ever on `(a+)+$` and a
 * shopper's text, and would stand still with the whole backend. All states a text can be in are followed at once (Thompson's construction),
 * so the time is at most the text's length times the pattern's. Look-around and references to groups have no such form and are refused.
 */

export class PatternError extends Error {}

type Node =
  | { readonly kind: 'one'; readonly fits: (char: string) => boolean }
  | { readonly kind: 'at'; readonly place: Place }
  | { readonly kind: 'all'; readonly parts: readonly Node[] }
  | { readonly kind: 'any'; readonly parts: readonly Node[] }
  | { readonly kind: 'times'; readonly part: Node; readonly least: number; readonly most: number };

type Place = 'start' | 'end' | 'edge' | 'inside';

type Step =
  | { readonly kind: 'one'; readonly fits: (char: string) => boolean; readonly next: number }
  | { readonly kind: 'at'; readonly place: Place; readonly next: number }
  | { readonly kind: 'either'; readonly next: number; readonly other: number }
  | { readonly kind: 'done' };

const MAX_PATTERN = 500;
const MAX_DEPTH = 30;
/** Also bounds what `{m,n}` grows to. */
const MAX_STEPS = 500;
const MAX_BUILDS = 5000;
/** A longer text fits no pattern. */
const MAX_TEXT = 2000;

/** One character's test, by the engine's own rules; there is nothing to go back over in one character. */
const oneOf = (source: string): ((char: string) => boolean) => {
  const test = new RegExp(`^(?:${source})$`, 'u');
  const ascii = Array.from({ length: 128 }, (_, code) => test.test(String.fromCharCode(code)));
  return (char) => {
    const code = char.charCodeAt(0);
    return code < 128 ? ascii[code] === true : test.test(char);
  };
};

/** Splits a pattern that the engine itself has found to be well-formed. */
const parse = (pattern: string): Node => {
  let at = 0;
  let depth = 0;

  const atom = (): Node => {
    const char = String.fromCodePoint(pattern.codePointAt(at) ?? 0);
    if (char === '(') return group();
    if (char === '^' || char === '$') {
      at += 1;
      return { kind: 'at', place: char === '^' ? 'start' : 'end' };
    }
    if (char === '[') {
      const from = at;
      for (at += 1; pattern[at] !== ']'; at += 1) if (pattern[at] === '\\') at += 1;
      at += 1;
      return { kind: 'one', fits: oneOf(pattern.slice(from, at)) };
    }
    if (char === '\\') return escaped();
    at += char.length;
    return { kind: 'one', fits: char === '.' ? oneOf('.') : (other) => other === char };
  };

  const escaped = (): Node => {
    const from = at;
    const letter = pattern[at + 1] ?? '';
    if (letter === 'b' || letter === 'B') {
      at += 2;
      return { kind: 'at', place: letter === 'b' ? 'edge' : 'inside' };
    }
    if (/[1-9k]/.test(letter)) throw new PatternError('references to groups (\\1) can’t be used');
    const long = /^\\(?:[pPu]\{[^}]*\}|u[\da-fA-F]{4}(?:\\u[dD][c-fC-F][\da-fA-F]{2})?|x[\da-fA-F]{2}|c[A-Za-z])/.exec(
      pattern.slice(at, at + 80),
    );
    at += long ? long[0].length : 2;
    return { kind: 'one', fits: oneOf(pattern.slice(from, at)) };
  };

  const group = (): Node => {
    const start = /^\((?:\?(?::|<[A-Za-z_$][\w$]*>))?/.exec(pattern.slice(at, at + 100))?.[0] ?? '(';
    if (start === '(' && pattern[at + 1] === '?')
      throw new PatternError('look-ahead, look-behind and flags, (?…), can’t be used');
    at += start.length;
    depth += 1;
    if (depth > MAX_DEPTH) throw new PatternError('its groups are nested too deeply');
    const inner = either();
    depth -= 1;
    at += 1;
    return inner;
  };

  const counted = (part: Node): Node => {
    const quantifier = /^(?:[*+?]|\{(\d+)(,)?(\d*)\})\??/.exec(pattern.slice(at, at + 40));
    if (!quantifier) return part;
    at += quantifier[0].length;
    const sign = quantifier[0][0];
    if (sign === '*') return { kind: 'times', part, least: 0, most: Number.POSITIVE_INFINITY };
    if (sign === '+') return { kind: 'times', part, least: 1, most: Number.POSITIVE_INFINITY };
    if (sign === '?') return { kind: 'times', part, least: 0, most: 1 };
    const least = Number(quantifier[1]);
    const most = quantifier[2] === undefined ? least : quantifier[3] ? Number(quantifier[3]) : Number.POSITIVE_INFINITY;
    return { kind: 'times', part, least, most };
  };

  const sequence = (): Node => {
    const parts: Node[] = [];
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') parts.push(counted(atom()));
    return { kind: 'all', parts };
  };

  const either = (): Node => {
    const parts = [sequence()];
    while (pattern[at] === '|') {
      at += 1;
      parts.push(sequence());
    }
    return { kind: 'any', parts };
  };
  return either();
};

/** Each node becomes steps that lead to `next`; answers where it begins. */
const toSteps = (root: Node): { readonly steps: readonly Step[]; readonly first: number } => {
  const steps: Step[] = [{ kind: 'done' }];
  let builds = 0;
  const add = (step: Step): number => {
    if (steps.length >= MAX_STEPS) throw new PatternError('it is too large');
    return steps.push(step) - 1;
  };
  const build = (node: Node, next: number): number => {
    builds += 1;
    if (builds > MAX_BUILDS) throw new PatternError('it is too large');
    switch (node.kind) {
      case 'one':
      case 'at':
        return add({ ...node, next });
      case 'all':
        return node.parts.reduceRight((after, part) => build(part, after), next);
      case 'any':
        return node.parts
          .map((part) => build(part, next))
          .reduceRight((other, first) => add({ kind: 'either', next: first, other }));
      case 'times': {
        let after = next;
        if (node.most === Number.POSITIVE_INFINITY) {
          after = add({ kind: 'done' });
          steps[after] = { kind: 'either', next: build(node.part, after), other: next };
        } else {
          for (let count = node.least; count < node.most; count += 1)
            after = add({ kind: 'either', next: build(node.part, after), other: next });
        }
        for (let count = 0; count < node.least; count += 1) after = build(node.part, after);
        return after;
      }
    }
  };
  const first = build(root, 0);
  return { steps, first };
};

const isWord = (char: string | undefined): boolean => char !== undefined && /^\w$/.test(char);

/**
 * A test whether any part of a text fits the pattern, in time that grows with both lengths only.
 * @throws PatternError with words that complete "The pattern can't be used: …"
 */
export const linearPattern = (pattern: string): { readonly test: (text: string) => boolean } => {
  if (pattern.length > MAX_PATTERN) throw new PatternError(`it is longer than ${MAX_PATTERN} characters`);
  try {
    new RegExp(pattern, 'u');
  } catch (error) {
    const words = error instanceof Error ? error.message.split(': ').at(-1) : undefined;
    throw new PatternError(`it is not a regular expression (${words ?? 'unknown reason'})`, { cause: error });
  }
  const { steps, first } = toSteps(parse(pattern));

  const test = (text: string): boolean => {
    if (text.length > MAX_TEXT) return false;
    const chars = [...text];
    let current: number[] = [];
    let following: number[] = [];
    const seenAt = new Int32Array(steps.length).fill(-1);
    const isAt = (place: Place, at: number): boolean => {
      if (place === 'start') return at === 0;
      if (place === 'end') return at === chars.length;
      return (isWord(chars[at - 1]) !== isWord(chars[at])) === (place === 'edge');
    };
    /** Everything that can be reached without a character; true when that is the end. */
    const enter = (list: number[], from: number, at: number): boolean => {
      const open = [from];
      for (let index = open.pop(); index !== undefined; index = open.pop()) {
        const step = steps[index];
        if (step === undefined || seenAt[index] === at) continue;
        seenAt[index] = at;
        if (step.kind === 'done') return true;
        if (step.kind === 'one') list.push(index);
        else if (step.kind === 'either') open.push(step.other, step.next);
        else if (isAt(step.place, at)) open.push(step.next);
      }
      return false;
    };
    for (let at = 0; at <= chars.length; at += 1) {
      if (enter(current, first, at)) return true;
      const char = chars[at];
      if (char === undefined) return false;
      for (const index of current) {
        const step = steps[index];
        if (step?.kind === 'one' && step.fits(char) && enter(following, step.next, at + 1)) return true;
      }
      [current, following] = [following, current];
      following.length = 0;
    }
    return false;
  };
  return { test };
};
