import type { WebhookMissed } from '../../../shared/api.ts';
import { describeError } from '../../api/errors.ts';
import { formatCount, shortShop } from '../../lib/format.ts';

interface Props {
  readonly shop: string;
  readonly query: {
    readonly data: { readonly items: readonly WebhookMissed[] } | undefined;
    readonly error: unknown;
  };
}

/** Shopify's data against the deliveries here: what changed, and how much of it no webhook told. */
export const MissedCount = ({ shop, query }: Props) => {
  if (query.data === undefined) {
    const problem = query.error === null ? null : describeError(query.error);
    return problem === null ? (
      <p role="status">Asking Shopify what changed in {shortShop(shop)}…</p>
    ) : (
      <p className="br-note" data-tone="bad" role="alert">
        {problem.message} {problem.hint}
      </p>
    );
  }
  return (
    <>
      <table className="br-table" data-testid="missed-table">
        <thead>
          <tr>
            <th scope="col">Record</th>
            <th scope="col" data-align="end">
              Changed at Shopify
            </th>
            <th scope="col" data-align="end">
              Never arrived
            </th>
            <th scope="col" data-align="end">
              Not here yet
            </th>
          </tr>
        </thead>
        <tbody>
          {query.data.items.map(({ resource, changed, missing, behind, more, problem }) => (
            <tr key={resource}>
              <th scope="row">{resource}</th>
              {problem === null ? (
                [changed, missing, behind].map((count, index) => (
                  <td key={['changed', 'missing', 'behind'][index]} data-align="end">
                    {formatCount(count)}
                    {more ? ' or more' : ''}
                  </td>
                ))
              ) : (
                <td colSpan={3} className="br-wrap">
                  {problem}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="br-dim">
        A delivery that never came has no body to run. Each record is fetched from Shopify and written as its delivery
        would have been. “Not here yet” leaves out what a sync has brought already.
      </p>
    </>
  );
};
