import './pixel.css';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { PixelRule } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { IconCircleCheck, IconListCheck, IconPlayerPause, IconPlus } from '../../components/icons.ts';
import { NoStore } from '../../components/no-store.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { StatusBadge, type StatusLook } from '../../components/status-badge.tsx';
import { StoreChoice } from '../../components/store-choice.tsx';
import { formatCount, shortShop } from '../../lib/format.ts';
import { RuleEditor } from './rule-editor.tsx';

const ON: StatusLook = { word: 'On', tone: 'ok', icon: IconCircleCheck };
const OFF: StatusLook = { word: 'Off', tone: 'idle', icon: IconPlayerPause };

const NEW = 'new';
const idOf = ({ shop, name }: Pick<PixelRule, 'shop' | 'name'>): string => `${shop}/${name}`;

/** The form that a store's own events must have. */
export const RulesView = () => {
  const { shop, id } = useSearch({ from: '/pixel' });
  const navigate = useNavigate({ from: '/pixel' });
  const { data, error, refetch } = useQuery(trpc.pixel.rules.queryOptions({ shop }));
  const change = (next: { shop?: string | undefined; id?: string | undefined }): void => {
    navigate({ search: (old) => ({ ...old, ...next }) }).catch((problem: unknown) =>
      console.warn('Opening the rule failed.', problem),
    );
  };
  const hasStore = useQuery(trpc.stores.list.queryOptions()).data?.items.length !== 0;
  const rules = data?.items ?? [];
  const open = rules.find((rule) => idOf(rule) === id);
  const add = (
    <Button
      leftSection={<IconPlus size={14} aria-hidden />}
      disabled={!hasStore}
      title={hasStore ? undefined : 'Rules belong to a store; connect one first'}
      onClick={() => change({ id: NEW })}
    >
      New rule
    </Button>
  );
  return (
    <>
      <div className="br-toolbar">
        <StoreChoice value={shop} onChange={(next) => change({ shop: next, id: undefined })} />
        <div className="br-spacer" />
        {add}
      </div>
      <div className="br-split">
        <div className="br-split-list br-scroll" data-testid="pixel-rules">
          {data === undefined ? (
            error === null ? (
              <SkeletonLines count={6} label="The rules are being loaded" />
            ) : (
              <ErrorState error={error} title="The rules could not be loaded" onRetry={refetch} />
            )
          ) : !hasStore ? (
            <NoStore>A rule says what form a store’s own events must have.</NoStore>
          ) : rules.length === 0 ? (
            <EmptyState icon={IconListCheck} title="No rules yet" {...(id === undefined ? { action: add } : {})}>
              Custom events are taken in any form. A rule says what form the events of one name must have; those that do
              not fit wait in quarantine, with the reason.
            </EmptyState>
          ) : (
            <RuleTable rules={rules} openId={id} onOpen={(rule) => change({ id: idOf(rule) })} />
          )}
        </div>
        {(id === NEW || open !== undefined) && (
          <RuleEditor
            key={id}
            rule={open}
            shop={shop}
            onSaved={(rule) => change({ id: idOf(rule) })}
            onClose={() => change({ id: undefined })}
          />
        )}
      </div>
    </>
  );
};

interface TableProps {
  readonly rules: readonly PixelRule[];
  readonly openId: string | undefined;
  readonly onOpen: (rule: PixelRule) => void;
}

const RuleTable = ({ rules, openId, onOpen }: TableProps) => (
  <table className="br-table br-rules">
    <thead>
      <tr>
        <th scope="col">Event</th>
        <th scope="col">Store</th>
        <th scope="col">State</th>
        <th scope="col" data-align="end" title="In the last 24 hours">
          Accepted
        </th>
        <th scope="col" data-align="end" title="In the last 24 hours">
          Quarantined
        </th>
        <th scope="col" data-align="end">
          Changed
        </th>
      </tr>
    </thead>
    <tbody>
      {rules.map((rule) => (
        <tr key={idOf(rule)} data-selected={idOf(rule) === openId}>
          <th scope="row">
            <button type="button" className="br-link br-mono" onClick={() => onOpen(rule)}>
              {rule.name}
            </button>
          </th>
          <td>{shortShop(rule.shop)}</td>
          <td>
            <StatusBadge look={rule.enabled ? ON : OFF} />
          </td>
          <td data-align="end" className="br-num">
            {formatCount(rule.accepted)}
          </td>
          <td data-align="end" className="br-num">
            {formatCount(rule.quarantined)}
          </td>
          <td data-align="end">
            <RelativeTime iso={rule.updatedAt} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
