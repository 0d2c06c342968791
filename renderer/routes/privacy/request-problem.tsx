import type { PrivacyRow } from '../../../shared/api/privacy.ts';
import { IconAlertTriangle } from '../../components/icons.ts';
import { RelativeTime } from '../../components/relative-time.tsx';

/** Why a step stopped; it can be run again with the buttons below. */
export const RequestProblem = ({ problem }: { readonly problem: NonNullable<PrivacyRow['problem']> }) => (
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
