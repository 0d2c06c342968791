import type { ReactNode } from 'react';
import { describeError } from '../api/errors.ts';

interface Props<Data> {
  readonly query: { readonly data: Data | undefined; readonly error: unknown };
  readonly testId?: string;
  readonly children: (data: Data) => ReactNode;
}

/** How many something is about to be done to: while they are counted, once they are, and when they could not be. */
export const Counted = <Data,>({ query, testId, children }: Props<Data>) => {
  if (query.data === undefined && query.error !== null) {
    const { message, hint } = describeError(query.error);
    return (
      <p className="br-note" data-tone="bad" role="alert" data-testid={testId}>
        They could not be counted. {message} {hint}
      </p>
    );
  }
  return (
    <p aria-live="polite" data-testid={testId}>
      {query.data === undefined ? 'Counting…' : children(query.data)}
    </p>
  );
};
