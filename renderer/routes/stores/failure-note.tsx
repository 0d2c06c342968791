import { describeError } from '../../api/errors.ts';

/** Why a step failed, and what to correct, where one looks. */
export const FailureNote = ({ error }: { readonly error: unknown }) => {
  if (error === null || error === undefined) return null;
  const { code, message, hint } = describeError(error);
  return (
    <div className="br-note" data-tone="bad" role="alert" data-testid="connect-failure" data-code={code}>
      <strong>{message}</strong> {hint}
    </div>
  );
};
