import type { ApiHealth } from '../../../shared/api.ts';
import { Fact, Facts } from '../../components/facts.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { plural } from '../../lib/format.ts';

const STATE: Record<ApiHealth['state'], string> = {
  current: 'answered',
  ending: 'support ends soon: update Backroom',
  ended: 'support is over: update Backroom',
};

/** The API version, until when Shopify answers it, and what Shopify has said about calls since the start. */
export const ApiHealthFacts = ({ health }: { readonly health: ApiHealth }) => (
  <>
    <Facts>
      <Fact name="Admin API version">
        {health.version}
        <span className="br-dim">
          , {STATE[health.state]}
          {health.supportedUntil !== null && (
            <>
              {' '}
              (until <RelativeTime iso={health.supportedUntil} />)
            </>
          )}
        </span>
      </Fact>
    </Facts>
    {health.notices.length === 0 ? (
      <p className="br-dim">Shopify has reported nothing about the calls since the start.</p>
    ) : (
      <ul className="br-notices" data-testid="api-notices">
        {health.notices.map((notice) => (
          <li key={`${notice.kind} ${notice.subject} ${notice.message}`} className="br-note" data-tone="warn">
            <strong>{notice.subject}</strong>: {notice.message}{' '}
            <span className="br-dim">
              {plural(notice.count, 'time')}, last <RelativeTime iso={notice.lastAt} />
            </span>
          </li>
        ))}
      </ul>
    )}
  </>
);
