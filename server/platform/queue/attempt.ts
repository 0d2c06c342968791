import { ZodError } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import { AttemptEnded, type Outcome, outcomeOfError } from './outcome.ts';
import type { TaskContext, TaskDefinition } from './queue.ts';

const MAX_RESULT_CHARS = 16_384;
/** What ignores its signal for so long is left behind; its place is given to another task. */
const GRACE_MS = 5000;

/** The result as it is kept, or null when it is none, or too large to be one. */
const resultText = (result: unknown, redact: (text: string) => string): string | null => {
  if (result === undefined) return null;
  const text = JSON.stringify(result) as string | undefined;
  return text === undefined || text.length > MAX_RESULT_CHARS ? null : redact(text);
};

const parseInput = (definition: TaskDefinition, text: string): unknown => {
  try {
    return definition.input.parse(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof ZodError || error instanceof SyntaxError)) throw error;
    throw new AppError('BAD_REQUEST', 'The task’s arguments do not fit this version of Backroom.', {
      hint: 'It was added by another version. Start the work again where it came from.',
      cause: error,
    });
  }
};

/** Settles like `work`; or, once the signal is aborted and the grace time is over, rejects with the signal's reason. */
const unlessStuck = <T>(work: Promise<T>, signal: AbortSignal, clock: Clock): Promise<T> =>
  new Promise<T>((resolve, reject) => {
    const onAbort = (): void => {
      clock.delay(GRACE_MS).then(() => reject(signal.reason), reject);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });

/** Runs one attempt; never throws. */
export const runAttempt = async (options: {
  definition: TaskDefinition | undefined;
  input: string;
  context: TaskContext;
  clock: Clock;
  random: () => number;
  redact: (text: string) => string;
}): Promise<Outcome> => {
  const { definition, context, redact } = options;
  if (!definition) {
    const error = new AppError('NOT_FOUND', 'This version of Backroom has no such task.', {
      hint: 'It was added by another version. It can be run again after an update.',
    });
    const none = { attempts: 1, backoff: { firstMs: 0, maxMs: 0 }, isPermanent: () => true };
    return outcomeOfError(error, { definition: none, attempt: context.attempt, random: options.random, redact });
  }
  try {
    const work = definition.run(parseInput(definition, options.input), context);
    const result = await unlessStuck(work, context.signal, options.clock);
    return { kind: 'done', result: resultText(result, redact) };
  } catch (thrown) {
    // What a task throws after its signal was aborted is an echo of that.
    const { reason } = context.signal as { reason: unknown };
    const cause = context.signal.aborted && reason instanceof AttemptEnded ? reason : thrown;
    return outcomeOfError(cause, { definition, attempt: context.attempt, random: options.random, redact });
  }
};
