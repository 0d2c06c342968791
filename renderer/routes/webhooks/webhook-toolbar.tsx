import { Button, Menu } from '@mantine/core';
import type { z } from 'zod';
import type { WebhookRow, WebhookState, WebhookSummary } from '../../../shared/api.ts';
import { Choice } from '../../components/choice.tsx';
import { IconChevronDown } from '../../components/icons.ts';
import { SearchField } from '../../components/search-field.tsx';
import { WEBHOOK_STATE } from '../../components/status-badge.tsx';
import { StoreChoice } from '../../components/store-choice.tsx';
import { formatCount } from '../../lib/format.ts';
import type { WebhookSearch } from '../../lib/search-params.ts';

type State = z.infer<typeof WebhookState>;
type Summary = z.infer<typeof WebhookSummary>;

/** Which part of the summary belongs to which state; not every state is counted. */
const STATES: readonly { state: State; count?: keyof Summary }[] = [
  { state: 'received' },
  { state: 'processed', count: 'processed' },
  { state: 'ignored' },
  { state: 'failed' },
  { state: 'dead', count: 'dead' },
  { state: 'refused', count: 'refused' },
];

const topicsOf = (rows: readonly WebhookRow[], stores: readonly string[], chosen: string | undefined) =>
  [...new Set([...stores, ...rows.map((row) => row.topic), ...(chosen === undefined ? [] : [chosen])])]
    .sort()
    .map((topic) => ({ value: topic, label: topic }));

const SINCE = [
  { value: '15m', label: 'the last 15 minutes' },
  { value: '1h', label: 'the last hour' },
  { value: '24h', label: 'the last 24 hours' },
  { value: '7d', label: 'the last 7 days' },
] as const;

interface Props {
  readonly search: WebhookSearch;
  readonly summary: Summary | undefined;
  readonly rows: readonly WebhookRow[];
  readonly storeTopics: readonly string[];
  readonly onChange: (next: Partial<WebhookSearch>) => void;
  readonly onRerun: () => void;
  readonly onSample: () => void;
  readonly onSubscriptions: () => void;
}

export const WebhookToolbar = ({ search, summary, rows, storeTopics, onChange, ...actions }: Props) => (
  <>
    <SearchField
      label="Search in bodies"
      value={search.text ?? ''}
      onChange={(text) => onChange({ text: text.trim() === '' ? undefined : text.trim(), id: undefined })}
    />
    <Choice
      label="State"
      all="all"
      value={search.state}
      options={STATES.map(({ state, count }) => ({
        value: state,
        label: WEBHOOK_STATE[state].word,
        ...(count === undefined || summary === undefined ? {} : { note: formatCount(summary[count]) }),
      }))}
      onChange={(state) => onChange({ state, id: undefined })}
    />
    <Choice
      label="Topic"
      all="all"
      value={search.topic}
      options={topicsOf(rows, storeTopics, search.topic)}
      onChange={(topic) => onChange({ topic, id: undefined })}
    />
    <Choice
      label="Time"
      all="any"
      value={search.since}
      options={SINCE}
      onChange={(since) => onChange({ since, id: undefined })}
    />
    <StoreChoice value={search.shop} onChange={(shop) => onChange({ shop, id: undefined })} />
    <Button
      data-chosen={search.bookmarked === 'yes'}
      aria-pressed={search.bookmarked === 'yes'}
      onClick={() => onChange({ bookmarked: search.bookmarked === 'yes' ? undefined : 'yes', id: undefined })}
    >
      Bookmarks
    </Button>
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button rightSection={<IconChevronDown size={14} aria-hidden />} data-testid="webhook-menu">
          Actions
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={actions.onRerun}>Run again…</Menu.Item>
        <Menu.Item onClick={actions.onSample}>Send a sample…</Menu.Item>
        <Menu.Item onClick={actions.onSubscriptions}>Subscriptions and gaps…</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  </>
);
