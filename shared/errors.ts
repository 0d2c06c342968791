/**
 * The closed set of errors that cross a boundary (HTTP, tRPC, the console). `hint` says what the person can do.
 * Each code fixes its HTTP status, so a code cannot be answered with two statuses.
 */
export const ERROR_STATUS = {
  BAD_REQUEST: 400,
  INVALID_JSON: 400,
  INVALID_SHOP: 400,
  UNKNOWN_TOPIC: 400,
  UNAUTHORIZED: 401,
  INVALID_HMAC: 401,
  INVALID_STATE: 403,
  NOT_PERMITTED: 403,
  UNKNOWN_PIXEL_KEY: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  BODY_TOO_LARGE: 413,
  RATE_LIMITED: 429,
  /** Whoever asked has gone, so this is read by nobody but the log. */
  CANCELLED: 499,
  INTERNAL: 500,
  SHOPIFY_ERROR: 502,
  /** It can't be reached, or is down: nothing of the call itself, and it passes. */
  SHOPIFY_UNREACHABLE: 502,
  /** Its answer can't be right (an internal error, a file that lacks rows). Another try may bring a better one, and need not. */
  SHOPIFY_FAULTY: 502,
  SHOPIFY_UNAUTHORIZED: 502,
  SHOPIFY_THROTTLED: 503,
  BACKEND_RESTARTING: 503,
  /** The database can't be written, e.g. on a full disk. */
  STORAGE_UNAVAILABLE: 503,
  NOT_CONFIGURED: 409,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** The JSON body of every failed request: `{"error": {...}}`. */
export interface ErrorBody {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string;
}

/** An expected failure. Everything else that is thrown is a defect and becomes `INTERNAL` at the boundary. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.hint = options.hint;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }

  toBody(): ErrorBody {
    return { code: this.code, message: this.message, ...(this.hint === undefined ? {} : { hint: this.hint }) };
  }
}
