import { connection } from './connection.ts';
import { BackendAwayError, SessionEndedError } from './errors.ts';

interface DoorInit {
  readonly body?: BodyInit | null | undefined;
  readonly headers?: HeadersInit | undefined;
  readonly method?: string | undefined;
  readonly signal?: AbortSignal | null | undefined;
}
type Fetch = (input: RequestInfo | URL, init: RequestInit) => Promise<Response>;
type DoorFetch = (input: RequestInfo | URL | string, init?: DoorInit) => Promise<Response>;

/** A tRPC batch answers with an array even when it fails; what stands in front of the backend answers with `{error: {code}}`. */
const saysRestarting = async (response: Response): Promise<boolean> => {
  if (![502, 503, 504].includes(response.status)) return false;
  const text = await response.clone().text();
  try {
    const body: unknown = JSON.parse(text);
    if (Array.isArray(body) || typeof body !== 'object' || body === null || !('error' in body)) return false;
    const { error } = body;
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'BACKEND_RESTARTING';
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // Not JSON, so not from the backend: a proxy in front of it speaks.
    return true;
  }
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
    if (await saysRestarting(response)) {
      connection.away('restarting');
      throw new BackendAwayError('restarting');
    }
    connection.answered();
    return response;
  };
