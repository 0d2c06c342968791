import { Button } from '@mantine/core';
import { describeError } from '../api/errors.ts';
import { EmptyState } from './empty-state.tsx';
import { IconAlertTriangle, IconRefresh } from './icons.ts';

interface Props {
  readonly error: unknown;
  /** What could not be done, e.g. `The products could not be loaded`. */
  readonly title: string;
  readonly onRetry: () => unknown;
}

export const ErrorState = ({ error, title, onRetry }: Props) => {
  const { code, message, hint } = describeError(error);
  return (
    <div role="alert" data-testid="error-state" data-code={code}>
      <EmptyState
        icon={IconAlertTriangle}
        title={title}
        action={
          <Button leftSection={<IconRefresh size={14} aria-hidden />} onClick={() => onRetry()}>
            Try again
          </Button>
        }
      >
        {message}
        {hint !== undefined && <div>{hint}</div>}
      </EmptyState>
    </div>
  );
};
