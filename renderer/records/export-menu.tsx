import { Button, Menu } from '@mantine/core';
import type { Resource } from '../../shared/browse/columns.ts';
import { IconDownload } from '../components/icons.ts';
import type { Layout } from './layout.ts';
import { type RecordSearch, sortingOf } from './record-search.ts';

interface Props {
  readonly resource: Resource;
  readonly search: RecordSearch;
  readonly layout: Layout;
}

const hrefOf = ({ resource, search, layout }: Props, format: 'csv' | 'ndjson'): string => {
  const { sort, order } = sortingOf(resource, search);
  const hidden = new Set(layout.hidden);
  const query = new URLSearchParams({
    resource,
    format,
    columns: layout.order.filter((id) => !hidden.has(id)).join(','),
    sort,
    order,
  });
  for (const key of ['shop', 'search', 'filters'] as const) {
    const value = search[key];
    if (value !== undefined) query.set(key, value);
  }
  return `/api/v1/export?${query.toString()}`;
};

/** Everything that fits the search and the filters, with the columns as they are shown. */
export const ExportMenu = (props: Props) => (
  <Menu position="bottom-end" width={260}>
    <Menu.Target>
      <Button leftSection={<IconDownload size={14} aria-hidden />} data-testid="export-menu">
        Export
      </Button>
    </Menu.Target>
    <Menu.Dropdown>
      <Menu.Item component="a" href={hrefOf(props, 'csv')} download>
        CSV, for spreadsheets
      </Menu.Item>
      <Menu.Item component="a" href={hrefOf(props, 'ndjson')} download>
        NDJSON, for programs
      </Menu.Item>
    </Menu.Dropdown>
  </Menu>
);
