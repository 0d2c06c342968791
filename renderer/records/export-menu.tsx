import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { COLUMNS, type ColumnSpec, type ExportFormat, type Resource } from '../../shared/browse/columns.ts';
import { IconCheck, IconDownload } from '../components/icons.ts';
import type { Layout } from './layout.ts';
import { type RecordSearch, sortingOf } from './record-search.ts';

interface Props {
  readonly resource: Resource;
  readonly search: RecordSearch;
  readonly layout: Layout;
}

export const exportHref = ({ resource, search, layout }: Props, format: ExportFormat, personal: boolean): string => {
  const { sort, order } = sortingOf(resource, search);
  const hidden = new Set(layout.hidden);
  const query = new URLSearchParams({
    resource,
    format,
    columns: layout.order.filter((id) => !hidden.has(id)).join(','),
    sort,
    order,
    ...(personal ? { personal: '1' } : {}),
  });
  for (const key of ['shop', 'search', 'filters'] as const) {
    const value = search[key];
    if (value !== undefined) query.set(key, value);
  }
  return `/api/v1/export?${query.toString()}`;
};

/** Everything that fits the search and the filters, with the columns as they are shown. Who buys is left out unless it is chosen. */
export const ExportMenu = (props: Props) => {
  const [personal, setPersonal] = useState(false);
  const people = Object.entries<ColumnSpec>(COLUMNS[props.resource]).filter(
    ([id, spec]) => spec.personal === true && !props.layout.hidden.includes(id),
  );
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <Button leftSection={<IconDownload size={14} aria-hidden />} data-testid="export-menu">
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {people.length > 0 && (
          <>
            <Menu.Item
              closeMenuOnClick={false}
              role="menuitemcheckbox"
              aria-checked={personal}
              leftSection={personal ? <IconCheck size={14} aria-hidden /> : <span className="br-menu-blank" />}
              onClick={() => setPersonal(!personal)}
            >
              With personal data
              <span className="br-dim br-menu-note">
                {people.map(([, { label }]) => label).join(', ')}. It is written to the privacy evidence.
              </span>
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        <Menu.Item component="a" href={exportHref(props, 'csv', personal)} download>
          CSV, for spreadsheets
        </Menu.Item>
        <Menu.Item component="a" href={exportHref(props, 'ndjson', personal)} download>
          NDJSON, for programs
        </Menu.Item>
        <Menu.Item component="a" href={exportHref(props, 'sqlite', personal)} download>
          SQLite file, for queries
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
