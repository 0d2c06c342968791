import { Link } from '@tanstack/react-router';
import type { PixelRuleTest } from '../../../shared/api.ts';
import { IconAlertTriangle, IconCircleCheck } from '../../components/icons.ts';
import { formatCount, plural } from '../../lib/format.ts';

interface Props {
  readonly test: PixelRuleTest;
  /** False when the schema was changed since. */
  readonly isCurrent: boolean;
}

const Remarks = ({ list }: { readonly list: PixelRuleTest['problems'] }) => (
  <ul className="br-rule-remarks">
    {list.map(({ path, message }) => (
      <li key={`${path} ${message}`}>
        {path !== '' && <code>{path}</code>} {message}
      </li>
    ))}
  </ul>
);

/** What is wrong with the schema, or what it would have done to the newest events. */
export const RuleTestResult = ({ test, isCurrent }: Props) => {
  if (test.problems.length > 0)
    return (
      <div className="br-problem" role="alert" data-testid="rule-problems">
        <IconAlertTriangle size={16} aria-hidden />
        <div>
          <p>
            <strong>The schema can’t be used yet.</strong>
          </p>
          <Remarks list={test.problems} />
        </div>
      </div>
    );
  const { accepted, quarantined, failures } = test;
  const failing = accepted.checked - accepted.passing;
  return (
    <section aria-label="What the rule would do" data-testid="rule-test" className="br-rule-test">
      <div className="br-note" data-tone={failing === 0 ? 'ok' : 'warn'} role="status">
        {failing === 0 && <IconCircleCheck size={16} aria-hidden />}
        <p>
          {accepted.checked === 0
            ? 'The schema is in order. No stored event has this name, so there was nothing to try it on.'
            : `${formatCount(accepted.passing)} of the newest ${plural(accepted.checked, 'stored event')} would pass, ${formatCount(failing)} would be quarantined.`}
          {quarantined.checked > 0 &&
            ` Of ${formatCount(quarantined.checked)} that wait in quarantine, ${formatCount(quarantined.passing)} would fit.`}
          {!isCurrent && ' The schema has changed since; test it again.'}
        </p>
      </div>
      {test.warnings.length > 0 && <Remarks list={test.warnings} />}
      {failures.length > 0 && (
        <table className="br-table">
          <thead>
            <tr>
              <th scope="col">Would not fit</th>
              <th scope="col" data-align="end">
                Events
              </th>
              <th scope="col">Example</th>
            </tr>
          </thead>
          <tbody>
            {failures.map(({ reason, events, exampleId }) => (
              <tr key={reason}>
                <th scope="row" className="br-mono">
                  {reason}
                </th>
                <td data-align="end" className="br-num">
                  {formatCount(events)}
                </td>
                <td>
                  <Link
                    className="br-link"
                    to="/pixel"
                    search={{ outcome: exampleId.startsWith('a') ? 'accepted' : 'quarantined', id: exampleId }}
                  >
                    Show
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};
