import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { type Outputs, trpc } from '../../api/trpc.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
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

interface Props {
  readonly shop: string | undefined;
  /** Came by a link: shown open, before the newest. */
  readonly linked: string | undefined;
}

/** The newest sessions; one opens to the path it took. */
export const SessionList = ({ shop, linked }: Props) => {
  const [open, setOpen] = useState<string | null>(linked ?? null);
  const head = useRef<HTMLHeadingElement>(null);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    trpc.pixel.sessions.infiniteQueryOptions({ shop, limit: 20 }, { getNextPageParam: (page) => page.nextCursor }),
  );
  const { data: one } = useQuery({
    ...trpc.pixel.session.queryOptions({ id: linked ?? '0' }),
    enabled: linked !== undefined,
  });
  const found = one?.session?.id;
  useEffect(() => {
    if (found === undefined) return;
    setOpen(found);
    head.current?.scrollIntoView();
  }, [found]);
  const newest = data?.pages.flatMap(({ items }) => items) ?? [];
  const first = one?.session ?? null;
  const sessions = first === null ? newest : [first, ...newest.filter(({ id }) => id !== first.id)];
  return (
    <section className="br-section" aria-labelledby="pixel-sessions">
      <div className="br-section-head">
        <h2 id="pixel-sessions" ref={head}>
          Sessions
        </h2>
      </div>
      {data === undefined && error !== null ? (
        <ErrorState error={error} title="The sessions could not be loaded" onRetry={refetch} />
      ) : data === undefined ? (
        <SkeletonLines count={4} label="The sessions are being loaded" />
      ) : sessions.length === 0 ? (
        <p className="br-none">No sessions yet.</p>
      ) : (
        <table className="br-table" data-testid="sessions-table">
          <thead>
            <tr>
              <th scope="col">Landed on</th>
              <th scope="col">From</th>
              <th scope="col">Reached</th>
              <th scope="col">Order</th>
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
              <SessionRows
                key={session.id}
                session={session}
                open={open === session.id}
                onToggle={() => setOpen(open === session.id ? null : session.id)}
              />
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

const SessionRows = (props: { readonly session: Session; readonly open: boolean; readonly onToggle: () => void }) => {
  const { session, open } = props;
  return (
    <>
      <tr>
        <th scope="row">
          <button type="button" className="br-link" aria-expanded={open} onClick={props.onToggle}>
            {session.landing ?? '(no page)'}
          </button>
        </th>
        <td>{session.source}</td>
        <td>{REACHED[session.reached]}</td>
        <td>
          {session.order === null ? (
            <span className="br-dim">–</span>
          ) : (
            <Link to="/orders" search={{ id: session.order.id }}>
              {session.order.name}
            </Link>
          )}
        </td>
        <td data-align="end" className="br-num">
          {formatCount(session.events)}
        </td>
        <td data-align="end" className="br-num">
          {session.events > 1 ? (formatDuration(session.startedAt, session.lastAt) ?? '–') : '–'}
        </td>
        <td data-align="end">
          <RelativeTime iso={session.startedAt} />
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={7}>
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
    </>
  );
};
