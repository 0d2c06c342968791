import { ActionIcon, Button, Menu, Popover, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Resource } from '../../shared/browse/columns.ts';
import { IconBookmark, IconX } from '../components/icons.ts';
import { shortShop } from '../lib/format.ts';
import { isSameView, type Layout, layoutStore, type SavedView, useStore, viewStore, viewsOf } from './layout.ts';
import { type RecordSearch, readRecordSearch } from './record-search.ts';

interface Props {
  readonly resource: Resource;
  readonly search: RecordSearch;
  readonly layout: Layout;
  readonly onOpen: (search: RecordSearch) => void;
}

/** What makes a view is its selection and order; the record that happens to be open does not. */
const kept = ({ id: _id, ...search }: RecordSearch): Record<string, string> =>
  Object.fromEntries(Object.entries(search).filter((entry): entry is [string, string] => entry[1] !== undefined));

export const ViewsMenu = ({ resource, search, layout, onOpen }: Props) => {
  const store = viewStore(resource);
  const all = useStore(store);
  const views = viewsOf(all, search.shop);
  const [naming, setNaming] = useState(false);
  const open = (view: SavedView): void => {
    layoutStore(resource).set(view.layout);
    const next = readRecordSearch(resource)(view.search);
    onOpen({ ...next, shop: next.shop ?? search.shop });
  };
  return (
    <Popover opened={naming} onChange={setNaming} position="bottom-end" trapFocus returnFocus withRoles={false}>
      <Popover.Target>
        <span>
          <Menu position="bottom-end" width={260}>
            <Menu.Target>
              <Button leftSection={<IconBookmark size={14} aria-hidden />} data-testid="views-menu">
                Views
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {views.length === 0 && <Menu.Label>No saved views yet</Menu.Label>}
              {views.map((view) => (
                <div key={`${view.name} ${view.search.shop ?? ''}`} className="br-view-row">
                  <Menu.Item onClick={() => open(view)}>
                    {view.name}
                    {search.shop === undefined && view.search.shop !== undefined && (
                      <span className="br-dim"> · {shortShop(view.search.shop)}</span>
                    )}
                  </Menu.Item>
                  <ActionIcon
                    size={20}
                    aria-label={`Forget the view ${view.name}`}
                    onClick={() => store.set(all.filter((each) => each !== view))}
                  >
                    <IconX size={12} aria-hidden />
                  </ActionIcon>
                </div>
              ))}
              <Menu.Divider />
              <Menu.Item onClick={() => setNaming(true)}>Save this view…</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </span>
      </Popover.Target>
      <Popover.Dropdown>
        <NameForm
          taken={views.filter((view) => view.search.shop === search.shop).map((view) => view.name)}
          onName={(name) => {
            setNaming(false);
            const view = { name, search: kept(search), layout };
            store.set([...all.filter((each) => !isSameView(each, view)), view]);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
};

const NameForm = ({
  taken,
  onName,
}: {
  readonly taken: readonly string[];
  readonly onName: (name: string) => void;
}) => {
  const [name, setName] = useState('');
  const trimmed = name.trim();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (trimmed !== '') onName(trimmed);
  };
  return (
    <form className="br-filter-editor" onSubmit={submit} aria-label="Save this view">
      <TextInput
        label="Name of the view"
        data-autofocus
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" variant="filled" disabled={trimmed === ''}>
        {taken.includes(trimmed) ? 'Replace' : 'Save'}
      </Button>
    </form>
  );
};
