import { describe, expect, it } from 'vitest';
import { BackendAwayError, describeError, isAway, isSessionEnd, SessionEndedError } from './errors.ts';

describe('describeError', () => {
  it('takes the message and hint that the backend gave', () => {
    const error = Object.assign(new Error('x'), {
      data: { app: { code: 'NOT_FOUND', message: 'Gone.', hint: 'Look elsewhere.' } },
    });
    expect(describeError(error)).toEqual({ code: 'NOT_FOUND', message: 'Gone.', hint: 'Look elsewhere.' });
  });

  it('finds a backend that is away behind wrappers', () => {
    const error = new Error('wrapped', { cause: new BackendAwayError('restarting') });
    expect(isAway(error)).toBe(true);
    expect(describeError(error).code).toBe('BACKEND_RESTARTING');
    expect(isSessionEnd(new Error('x', { cause: new SessionEndedError() }))).toBe(true);
  });

  it('does not show the words of an abort', () => {
    const cause = new DOMException('signal is aborted without reason', 'AbortError');
    expect(describeError(new Error(cause.message, { cause })).message).toBe('The answer did not come through.');
  });

  it('has words for anything that can be thrown', () => {
    expect(describeError('boom').message).toBe('Something unexpected happened.');
    expect(describeError(new Error('boom'))).toEqual({ code: 'UNEXPECTED', message: 'boom', hint: undefined });
    expect(describeError({ data: { app: { code: 1 } } }).code).toBe('UNEXPECTED');
  });
});
