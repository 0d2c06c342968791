import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { type Outputs, trpc } from '../../api/trpc.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { formatCount } from '../../lib/format.ts';
import { formatDuration } from '../../lib/time.ts';

type Session = Outputs['pixel']['sessions']['items'][number];

const REACHED: Readonly<Record<Session['reached'], string>> = {
  visited: 'Visited',
  viewed: 'Viewed',
  added: 'Added',
  started: 'Checkout',
  paid: 'Paid',
};

/** The newest sessions; one opens to the path it took. */
export const SessionList = ({ shop }: { readonly shop: string | undefined }) => {
  const [open, setOpen] = useState<string | null>(null);
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    trpc.pixel.sessions.infiniteQueryOptions({ shop, limit: 20 }, { getNextPageParam: (page) => page.nextCursor }),
  );
  const sessions = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className="br-section" aria-labelledby="pixel-sessions">
      <div className="br-section-head">
        <h2 id="pixel-sessions">Sessions</h2>
      </div>
      {sessions.length === 0 ? (
        <p className="br-none">No sessions yet.</p>
      ) : (
        <table className="br-table">
          <thead>
            <tr>
              <th scope="col">Landed on</th>
              <th scope="col">From</th>
              <th scope="col">Reached</th>
              <th scope="col" data-align="end">
                Events
              </th>
              <th scope="col" data-align="end">
                Took
              </th>
              <th scope="col" data-align="end">
                Began
              </th>
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <Fragment key={session.id}>
                <tr>
                  <th scope="row">
                    <button
                      type="button"
                      className="br-link"
                      aria-expanded={open === session.id}
                      onClick={() => setOpen(open === session.id ? null : session.id)}
                    >
                      {session.landing ?? '(no page)'}
                    </button>
                  </th>
                  <td>{session.source}</td>
                  <td>{REACHED[session.reached]}</td>
                  <td data-align="end" className="br-num">
                    {formatCount(session.events)}
                  </td>
                  <td data-align="end" className="br-num">
                    {formatDuration(session.startedAt, session.lastAt) ?? '–'}
                  </td>
                  <td data-align="end">
                    <RelativeTime iso={session.startedAt} />
                  </td>
                </tr>
                {open === session.id && (
                  <tr>
                    <td colSpan={6}>
                      <ol>
                        {session.path.map((step, index) => (
                          // A path only grows at its end.
                          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no id of their own
                          <li key={index}>
                            <span className="br-mono">{step.name}</span> <span className="br-dim">{step.page}</span>
                          </li>
                        ))}
                      </ol>
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
      )}
      {hasNextPage && (
        <Button loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
          Show more
        </Button>
      )}
    </section>
  );
};
