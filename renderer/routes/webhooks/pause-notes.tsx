import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../api/trpc.ts';
import { IconPlayerPause } from '../../components/icons.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { formatCount } from '../../lib/format.ts';

/** Says what is paused, why, and when it is tried again. */
export const PauseNotes = () => {
  const { data } = useQuery(trpc.webhooks.health.queryOptions());
  if (data === undefined || data.pauses.length === 0) return null;
  return (
    <div data-testid="webhook-pauses">
      {data.pauses.map(({ scope, problem, since, probeAt }) => (
        <div key={scope} className="br-problem" role="alert">
          <IconPlayerPause size={16} aria-hidden />
          <div>
            <p>
              <strong>
                {scope === '*' ? 'Processing is paused' : <>Processing of {scope} is paused</>}: {problem.message}
              </strong>{' '}
              <span className="br-problem-time">
                <RelativeTime iso={since} />
              </span>
            </p>
            <p>
              Every delivery failed for this one reason, so the others wait ({formatCount(data.waiting)}) instead of
              being given up. One is tried again <RelativeTime iso={probeAt} />; when it works, all go on by themselves.{' '}
              {problem.hint}
            </p>
          </div>
        </div>
      ))}
    </div>
  );
};
