import type { Problem } from '../../shared/api.ts';
import { IconAlertTriangle } from './icons.ts';
import { RelativeTime } from './relative-time.tsx';

/** What is wrong, and what to do about it. */
export const ProblemNote = ({ problem }: { readonly problem: Problem }) => (
  <div className="br-problem" data-testid="problem" data-code={problem.code}>
    <IconAlertTriangle size={16} aria-hidden />
    <div>
      <p>
        <strong>{problem.message}</strong>{' '}
        <span className="br-problem-time">
          <RelativeTime iso={problem.at} />
        </span>
      </p>
      {problem.hint !== undefined && <p>{problem.hint}</p>}
    </div>
  </div>
);
