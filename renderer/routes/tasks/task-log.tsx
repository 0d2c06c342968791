import type { TaskDetail } from '../../../shared/api.ts';
import { formatExact } from '../../lib/time.ts';

export const TaskLog = ({ lines }: { readonly lines: TaskDetail['logs'] }) =>
  lines.length === 0 ? (
    <p className="br-pane-note">This task logged nothing.</p>
  ) : (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
    <section className="br-scroll" tabIndex={0} aria-label="Log">
      <table className="br-table">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Attempt</th>
            <th scope="col">Line</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the end
            <tr key={index}>
              <td className="br-num br-nowrap" title={formatExact(line.at)}>
                {line.at.slice(11, 23)}
              </td>
              <td className="br-num">{line.attempt}</td>
              <td className="br-wrap">
                {line.message} {line.fields !== null && <span className="br-dim br-mono">{line.fields}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
