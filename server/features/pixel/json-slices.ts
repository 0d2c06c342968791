import { AppError } from '../../../shared/errors.ts';

const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** Part of a text, by its characters. */
export interface Slice {
  readonly start: number;
  readonly length: number;
}

/** JSON's white space: everything up to the space sign. */
export const trimmed = (text: string, from: number, to: number): Slice => {
  let start = from;
  let end = to;
  while (start < end && text.charCodeAt(start) <= 32) start += 1;
  while (end > start && text.charCodeAt(end - 1) <= 32) end -= 1;
  return { start, length: end - start };
};

/** The position of the quote that ends the string which begins at `start`. */
const endOfString = (text: string, start: number): number => {
  let end = text.indexOf('"', start + 1);
  for (;;) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
};

/** Far more than any real event has, and far less than what SQLite's JSON functions (1000) and `JSON.stringify` can follow. */
const MOST_LEVELS = 200;

const openings = (text: string, sign: string): number => {
  let count = 0;
  for (let at = text.indexOf(sign); at >= 0 && count <= MOST_LEVELS; at = text.indexOf(sign, at + 1)) count += 1;
  return count;
};

/**
 * Turns away what is nested so deep that it could be stored and then not be read again. Most events open fewer brackets than that at all.
 * @param text Must be valid JSON. @throws AppError `BAD_REQUEST`
 */
export const refuseDeepNesting = (text: string): void => {
  if (openings(text, '{') + openings(text, '[') > MOST_LEVELS) elementSlices(`[${text}]`);
};

/**
 * Where the elements of a JSON array begin, and how long they are: keeping them as they were sent is cheaper than writing each anew, and exact.
 * @param text Must be valid JSON (it was parsed before) whose value is an array.
 * @throws AppError `BAD_REQUEST` when it is nested too deep.
 */
export const elementSlices = (text: string): Slice[] => {
  const slices: Slice[] = [];
  let at = text.indexOf('[') + 1;
  let start = at;
  let depth = 0;
  for (; ; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      depth += 1;
      if (depth > MOST_LEVELS)
        throw new AppError('BAD_REQUEST', `An event is nested in more than ${MOST_LEVELS} levels.`, {
          hint: 'Send flatter data with the event.',
        });
    } else if (code === CLOSE_OBJECT || (code === CLOSE_LIST && depth > 0)) depth -= 1;
    else if (depth === 0 && (code === COMMA || code === CLOSE_LIST)) {
      const slice = trimmed(text, start, at);
      if (slice.length > 0) slices.push(slice);
      if (code === CLOSE_LIST) return slices;
      start = at + 1;
    }
  }
};
