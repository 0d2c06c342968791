import { connection } from './connection.ts';
import { BackendAwayError, ForeignAnswerError, SessionEndedError } from './errors.ts';

interface DoorInit {
  readonly body?: BodyInit | null | undefined;
  readonly headers?: HeadersInit | undefined;
  readonly method?: string | undefined;
  readonly signal?: AbortSignal | null | undefined;
}
type Fetch = (input: RequestInfo | URL, init: RequestInit) => Promise<Response>;
type DoorFetch = (input: RequestInfo | URL | string, init?: DoorInit) => Promise<Response>;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What a failed answer is, by its body: the backend's own, word of a restart, or something else that says so or not. */
const failureOf = async (response: Response): Promise<BackendAwayError | ForeignAnswerError | null> => {
  const text = await response.clone().text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // Not JSON, so not from the backend: whatever stands in front of it speaks.
    const isGateway = [502, 503, 504].includes(response.status);
    return isGateway ? new BackendAwayError('restarting') : new ForeignAnswerError(response.status);
  }
  // tRPC answers a batch with an array and else with an error whose code is a number.
  if (Array.isArray(body)) return null;
  const error = isRecord(body) ? body.error : undefined;
  if (!isRecord(error)) return new ForeignAnswerError(response.status);
  const { code, message, hint } = error;
  if (code === 'BACKEND_RESTARTING') {
    const told = [message, hint].filter((part) => typeof part === 'string').join(' ');
    return new BackendAwayError('restarting', { reason: told === '' ? null : told });
  }
  if (typeof code === 'number') return null;
  return new ForeignAnswerError(
    response.status,
    typeof message === 'string' ? { message, ...(typeof hint === 'string' ? { hint } : {}) } : undefined,
  );
};

/** Every call to the backend: tells a backend that is away, and a session that is over, from an answer. */
export const createDoorFetch =
  (base: Fetch): DoorFetch =>
  async (input, init) => {
    let response: Response;
    try {
      response = await base(input, {
        method: init?.method ?? 'GET',
        headers: init?.headers ?? {},
        body: init?.body ?? null,
        signal: init?.signal ?? null,
        credentials: 'same-origin',
      });
    } catch (cause) {
      if (init?.signal?.aborted === true) throw cause;
      connection.away('offline');
      throw new BackendAwayError('offline', { cause });
    }
    if (response.status === 401) {
      connection.ended();
      throw new SessionEndedError();
    }
    // Told apart here, for a streamed call would try to read any answer as its stream and lose what it says.
    const failure = response.ok ? null : await failureOf(response);
    if (failure instanceof BackendAwayError) connection.away(failure.kind, failure.reason);
    else connection.answered();
    if (failure !== null) throw failure;
    return response;
  };
