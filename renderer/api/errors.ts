import type { ErrorBody } from '../../shared/errors.ts';

/** The backend can't be reached now; the query asks again by itself. */
export class BackendAwayError extends Error {
  readonly kind: 'restarting' | 'offline';
  /** Why, and what can be done, where that is known. */
  readonly reason: string | null;

  constructor(kind: 'restarting' | 'offline', options: { cause?: unknown; reason?: string | null } = {}) {
    super(
      kind === 'restarting' ? 'The backend is restarting.' : 'The backend does not answer.',
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.name = 'BackendAwayError';
    this.kind = kind;
    this.reason = options.reason ?? null;
  }
}

export class SessionEndedError extends Error {
  constructor() {
    super('The session has ended.');
    this.name = 'SessionEndedError';
  }
}

/** A failed answer that the backend's API did not give: of something in front of it, or of a backend that fell over. */
export class ForeignAnswerError extends Error {
  /** What can be done. */
  readonly hint: string;

  /** @param status of HTTP. @param told what the answer itself says, when it says something. */
  constructor(status: number, told?: { readonly message: string; readonly hint?: string }) {
    super(told?.message ?? `The backend’s answer did not come through: error ${status} came in its place.`);
    this.name = 'ForeignAnswerError';
    this.hint =
      told?.hint ??
      (told === undefined
        ? 'Try again. If it stays so, look at the newest file of “logs” in the data folder, and at whatever stands between this window and the backend.'
        : 'Try again. If it stays so, look at the newest file of “logs” in the data folder.');
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** tRPC wraps what `fetch` threw; the first cause of the wanted kind is what happened. */
const findCause = <T>(error: unknown, kind: abstract new (...args: never[]) => T): T | null => {
  let current: unknown = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if (current instanceof kind) return current;
    current = current.cause;
  }
  return null;
};

export const isAway = (error: unknown): boolean => findCause(error, BackendAwayError) !== null;
export const isSessionEnd = (error: unknown): boolean => findCause(error, SessionEndedError) !== null;

const appBody = (error: unknown): (Pick<ErrorBody, 'message' | 'hint'> & { code: string }) | null => {
  if (!isRecord(error) || !isRecord(error.data) || !isRecord(error.data.app)) return null;
  const { code, message, hint } = error.data.app;
  if (typeof code !== 'string' || typeof message !== 'string') return null;
  return { code, message, ...(typeof hint === 'string' ? { hint } : {}) };
};

export interface DescribedError {
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
}

/** What went wrong and what to do, whatever was thrown. */
export const describeError = (error: unknown): DescribedError => {
  const body = appBody(error);
  if (body !== null) return { code: body.code, message: body.message, hint: body.hint };
  const away = findCause(error, BackendAwayError);
  if (away !== null) {
    return {
      code: away.kind === 'restarting' ? 'BACKEND_RESTARTING' : 'BACKEND_OFFLINE',
      message: away.message,
      hint: 'Try again in a moment.',
    };
  }
  if (isSessionEnd(error)) {
    return {
      code: 'SESSION_ENDED',
      message: 'The session has ended.',
      hint: 'Open the login link printed by the server.',
    };
  }
  const foreign = findCause(error, ForeignAnswerError);
  if (foreign !== null) return { code: 'FOREIGN_ANSWER', message: foreign.message, hint: foreign.hint };
  // A streamed answer that is none, e.g. a gateway's own page, ends with the words of the abort that follows.
  if (findCause(error, DOMException)?.name === 'AbortError') {
    return { code: 'CUT_OFF', message: 'The answer did not come through.', hint: 'Try again in a moment.' };
  }
  return {
    code: 'UNEXPECTED',
    message: error instanceof Error && error.message !== '' ? error.message : 'Something unexpected happened.',
    hint: undefined,
  };
};
