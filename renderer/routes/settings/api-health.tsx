import type { ApiHealth } from '../../../shared/api.ts';
import { Fact, Facts } from '../../components/facts.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { plural } from '../../lib/format.ts';

const WARNING: Record<Exclude<ApiHealth['state'], 'current'>, string> = {
  ending: 'Shopify soon stops answering this version, and then answers with a newer one that Backroom does not know.',
  ended: 'Shopify no longer answers this version, but with a newer one that Backroom does not know.',
};

/** The API version, until when Shopify answers it, and what Shopify has said about calls since the start. */
export const ApiHealthFacts = ({ health }: { readonly health: ApiHealth }) => (
  <>
    <Facts>
      <Fact name="Admin API version">
        {health.version}
        {health.supportedUntil !== null && (
          <span className="br-dim">
            , supported until <RelativeTime iso={health.supportedUntil} />
          </span>
        )}
      </Fact>
    </Facts>
    {health.state !== 'current' && (
      <p className="br-note" data-tone={health.state === 'ended' ? 'bad' : 'warn'} data-testid="api-version-warning">
        {WARNING[health.state]} Update Backroom; where SHOPIFY_API_VERSION is set, name a newer one there.
      </p>
    )}
    {health.notices.length === 0 ? (
      <p className="br-dim">Shopify has reported nothing about the calls since the start.</p>
    ) : (
      <ul className="br-notices" data-testid="api-notices">
        {health.notices.map((notice) => (
          <li key={`${notice.kind} ${notice.subject} ${notice.message}`} className="br-note" data-tone="warn">
            <strong>{notice.subject}</strong>
            {notice.kind === 'deprecated' ? ' uses something that Shopify is going to remove: ' : ': '}
            {notice.message}{' '}
            <span className="br-dim">
              {plural(notice.count, 'time')}, last <RelativeTime iso={notice.lastAt} />
            </span>
          </li>
        ))}
      </ul>
    )}
  </>
);
