import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PrivacyDetail } from '../../../shared/api/privacy.ts';
import { notifyError } from '../../api/notify.ts';
import { queryClient, trpc } from '../../api/trpc.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { DetailPane } from '../../components/detail-pane.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { FullTime } from '../../components/relative-time.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatBytes, formatCount, plural } from '../../lib/format.ts';
import { Deadline } from './columns.tsx';
import { stateLook } from './looks.ts';
import { RequestActions } from './request-actions.tsx';
import { Timeline } from './timeline.tsx';
import { helpOf, KIND_WORDS } from './words.ts';

export const RequestPane = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }) => {
  const { data, error, refetch } = useQuery(trpc.privacy.get.queryOptions({ id }));
  return (
    <DetailPane
      label="Privacy request"
      testId="privacy-detail"
      title={data === undefined ? 'Request' : `Request ${data.number}: ${KIND_WORDS[data.kind]}`}
      extra={data !== undefined && <StatusBadge soft look={stateLook(data)} />}
      onClose={onClose}
    >
      {data !== undefined ? (
        <div className="br-scroll br-privacy-pane">
          <Body key={data.id} request={data} />
        </div>
      ) : error !== null ? (
        <ErrorState error={error} title="The request could not be loaded" onRetry={refetch} />
      ) : (
        <SkeletonLines count={8} label="The request is being loaded" />
      )}
    </DetailPane>
  );
};

const Body = ({ request }: { readonly request: PrivacyDetail }) => (
  <>
    {request.problem !== null && <ProblemNote problem={request.problem} />}
    <p className="br-dim">{helpOf(request)}</p>
    <RequestActions request={request} />
    <RequestFacts request={request} />
    {request.closedAt === null && <DryRun request={request} />}
    <Note request={request} />
    <h3 className="br-privacy-head">Timeline</h3>
    <Timeline entries={request.timeline} />
  </>
);

const RequestFacts = ({ request }: { readonly request: PrivacyDetail }) => (
  <Facts>
    {request.closedAt === null ? (
      <Fact name="Deadline">
        <Deadline row={request} />, <FullTime iso={request.dueAt} />
      </Fact>
    ) : (
      <Fact name="Closed">
        <FullTime iso={request.closedAt} />
      </Fact>
    )}
    <Fact name="Received">
      <FullTime iso={request.receivedAt} />
      <span className="br-dim">, {request.source === 'shopify' ? 'from Shopify' : 'entered by hand'}</span>
    </Fact>
    {request.startsAt !== null && request.state === 'scheduled' && !request.onHold && (
      <Fact name="Begins">
        <FullTime iso={request.startsAt} />
      </Fact>
    )}
    <Fact name="Store">
      <CopyText value={request.shop} label="store domain" />
    </Fact>
    <Fact name="About">
      <Person request={request} />
    </Fact>
    {request.holdReason !== null && <Fact name="On hold because">{request.holdReason}</Fact>}
    {request.refusalReason !== null && <Fact name="Refused because">{request.refusalReason}</Fact>}
    {request.acceptedReason !== null && <Fact name="Closed because">{request.acceptedReason}</Fact>}
    {request.package !== null && (
      <Fact name="Package">
        {formatBytes(request.package.bytes)}, encrypted, kept until <FullTime iso={request.package.expiresAt} />
      </Fact>
    )}
    {request.deliveredAt !== null && (
      <Fact name="Handed over">
        <FullTime iso={request.deliveredAt} />
        {request.deliveredHow !== null && <span className="br-dim">, by {request.deliveredHow}</span>}
      </Fact>
    )}
  </Facts>
);

/** Masked until asked for; that it was asked for is in the evidence. */
const Person = ({ request }: { readonly request: PrivacyDetail }) => {
  const reveal = useMutation(
    trpc.privacy.revealPerson.mutationOptions({
      onError: (error) => notifyError('The person could not be shown', error),
    }),
  );
  if (request.kind === 'shop_redact' || !request.knowsPerson) return <span>{request.label}</span>;
  if (reveal.data !== undefined) {
    const { customerIds, emails, phones, orderIds } = reveal.data;
    return (
      <span className="br-privacy-person">
        {customerIds.map((id) => (
          <CopyText key={id} value={id} label="customer id" />
        ))}
        {emails.map((email) => (
          <CopyText key={email} value={email} label="e-mail address" />
        ))}
        {phones.map((phone) => (
          <CopyText key={phone} value={`+${phone}`} label="phone number" />
        ))}
        {orderIds.length > 0 && <span className="br-dim">{plural(orderIds.length, 'order')} named</span>}
        <button type="button" className="br-link" onClick={() => reveal.reset()}>
          Mask again
        </button>
      </span>
    );
  }
  return (
    <span>
      {request.label}{' '}
      <button
        type="button"
        className="br-link"
        title="Showing it is written to the evidence"
        disabled={reveal.isPending}
        onClick={() => reveal.mutate({ id: request.id })}
      >
        Show
      </button>
    </span>
  );
};

const DryRun = ({ request }: { readonly request: PrivacyDetail }) => {
  const dryRun = useMutation(trpc.privacy.dryRun.mutationOptions());
  const plan = dryRun.data;
  const isErasure = request.kind !== 'data_request';
  return (
    <section className="br-privacy-plan" aria-label="Dry run">
      <Button loading={dryRun.isPending} onClick={() => dryRun.mutate({ id: request.id })}>
        {isErasure ? 'Dry run: what would go' : 'Dry run: what would be collected'}
      </Button>
      {dryRun.error !== null && (
        <ErrorState error={dryRun.error} title="The dry run failed" onRetry={() => dryRun.mutate({ id: request.id })} />
      )}
      {plan !== undefined && (
        <div data-testid="privacy-dry-run">
          <p>
            {plan.totalRows === 0
              ? 'Nothing is held.'
              : `${plural(plan.totalRows, 'row')} in ${plural(plan.tables.length, 'table')}.`}{' '}
            <span className="br-dim">{plural(plan.emptyTables, 'other table')} searched without finding anything.</span>
          </p>
          {plan.tables.length > 0 && (
            <table className="br-table">
              <thead>
                <tr>
                  <th scope="col">Table</th>
                  <th scope="col">What it holds</th>
                  <th scope="col" data-align="end">
                    Rows
                  </th>
                </tr>
              </thead>
              <tbody>
                {plan.tables.map(({ table, why, rows }) => (
                  <tr key={table}>
                    <th scope="row" className="br-mono br-table-key">
                      {table}
                    </th>
                    <td className="br-wrap">{why}</td>
                    <td data-align="end" className="br-num">
                      {formatCount(rows)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      )}
    </section>
  );
};

const Note = ({ request }: { readonly request: PrivacyDetail }) => {
  const [text, setText] = useState(request.note);
  const save = useMutation(
    trpc.privacy.setNote.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.privacy.pathFilter()),
      onError: (error) => notifyError('The note could not be saved', error),
    }),
  );
  return (
    <div className="br-privacy-note">
      <Textarea
        label="Note"
        description="For yourself. Best without names: what names the customer is erased with them."
        autosize
        minRows={2}
        maxRows={8}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {text !== request.note && (
        <Button loading={save.isPending} onClick={() => save.mutate({ id: request.id, note: text })}>
          Save the note
        </Button>
      )}
    </div>
  );
};
