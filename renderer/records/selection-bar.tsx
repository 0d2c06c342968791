import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Resource } from '../../shared/browse/columns.ts';
import { formatFilters } from '../../shared/browse/filters.ts';
import { notify, notifyError } from '../api/notify.ts';
import { client } from '../api/trpc.ts';
import { plural } from '../lib/format.ts';
import { exportHref } from './export-menu.tsx';
import type { Layout } from './layout.ts';
import type { RecordRow } from './record-columns.tsx';
import { numberOf } from './record-links.tsx';
import { type Fetched, fetchEach, fetchedWords } from './refresh-rows.ts';

interface Props {
  readonly resource: Resource;
  readonly one: string;
  readonly many: string;
  readonly rows: readonly RecordRow[];
  readonly layout: Layout;
  readonly onClear: () => void;
}

/** Their numbers stand in the address of the download, which has an end. */
const MOST_EXPORTED = 200;
/** Each is a call to Shopify of its own. */
const MOST_FETCHED = 50;

const copy = (rows: readonly RecordRow[]): void => {
  navigator.clipboard.writeText(rows.map((row) => row.id).join('\n')).then(
    () => notify(`${plural(rows.length, 'id')} copied`),
    (error: unknown) => notifyError('The ids could not be copied', error),
  );
};

const TickedExport = ({ resource, layout, rows }: Pick<Props, 'resource' | 'layout' | 'rows'>) => {
  if (rows.length > MOST_EXPORTED)
    return (
      <Button disabled title={`Up to ${MOST_EXPORTED} rows; “Export” above takes a whole list.`}>
        Export as CSV
      </Button>
    );
  const filters = formatFilters([{ column: 'recordId', operator: 'is', values: rows.map(({ id }) => numberOf(id)) }]);
  return (
    <Button component="a" href={exportHref({ resource, search: { filters }, layout }, 'csv', false)} download>
      Export as CSV
    </Button>
  );
};

/** What can be done with the rows that are selected. */
export const SelectionBar = ({ resource, one, many, rows, layout, onClear }: Props) => {
  const [done, setDone] = useState<number | null>(null);
  const refresh = async (): Promise<void> => {
    setDone(0);
    const fetched: Fetched = await fetchEach(
      rows.map(({ id }) => id),
      (id) => client.records.refresh.mutate({ id }),
      setDone,
    );
    setDone(null);
    const words = fetchedWords(fetched, one, many);
    if (fetched.failure === null) notify(words);
    else notifyError(words, fetched.failure);
  };
  return (
    <fieldset className="br-filters" aria-label={`Selected ${many}`} data-testid="selection-bar">
      <strong className="br-num">{plural(rows.length, one, many)} selected</strong>
      <Button onClick={() => copy(rows)}>Copy ids</Button>
      <TickedExport resource={resource} layout={layout} rows={rows} />
      <Button
        disabled={done !== null || rows.length > MOST_FETCHED}
        title={rows.length > MOST_FETCHED ? `Up to ${MOST_FETCHED} rows at a time.` : undefined}
        onClick={refresh}
      >
        {done === null ? 'Refresh now' : `Refreshing ${done + 1} of ${rows.length}…`}
      </Button>
      <Button variant="subtle" onClick={onClear}>
        Clear
      </Button>
    </fieldset>
  );
};
