import { ActionIcon, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { trpc } from '../api/trpc.ts';
import { persistent } from '../lib/preferences.ts';
import { type ScopeArea, type ScopeNote, scopeNotes } from '../lib/scope-notes.ts';
import { IconAlertTriangle, IconPlugConnected, IconX } from './icons.ts';

/** Notes about a limit that the person knows of and lives with: most apps never get `read_all_orders`. */
const hidden = persistent<string>('backroom-scope-notes-hidden', '', (text) => text);
const keyOf = ({ shop, scope }: ScopeNote): string => `${shop}/${scope}`;
const mayBeHidden = ({ isRequested }: ScopeNote): boolean => !isRequested;

/** What this screen lacks because a store did not grant a scope; stands there with rows as well as without. */
export const ScopeNotes = ({ area, shop }: { readonly area: ScopeArea; readonly shop: string | undefined }) => {
  const { data: stores } = useQuery(trpc.stores.list.queryOptions());
  const put = useSyncExternalStore(hidden.subscribe, hidden.get).split(' ');
  const notes = scopeNotes(area, stores?.items ?? [], shop).filter(
    (note) => !(mayBeHidden(note) && put.includes(keyOf(note))),
  );
  if (notes.length === 0) return null;
  return (
    <ul className="br-scope-notes" data-testid="scope-notes" aria-label="Scopes that are missing">
      {notes.map((note) => (
        <li key={keyOf(note)} data-scope={note.scope}>
          <IconAlertTriangle size={16} aria-hidden />
          <span>
            <strong>{note.text}</strong>
            {note.isRequested
              ? `, which ${note.storeName} has not granted.`
              : `, which the app does not ask ${note.storeName} for.`}
          </span>
          {note.isRequested ? (
            <Button
              size="compact-sm"
              leftSection={<IconPlugConnected size={14} aria-hidden />}
              renderRoot={(props) => <Link {...props} to="/stores" search={{ connect: note.shop }} />}
            >
              Reconnect
            </Button>
          ) : (
            <Button size="compact-sm" renderRoot={(props) => <Link {...props} to="/settings" hash="credentials" />}>
              Add it to the scopes
            </Button>
          )}
          {mayBeHidden(note) && (
            <ActionIcon
              aria-label={`Hide: ${note.text}`}
              onClick={() => hidden.set([...put, keyOf(note)].join(' ').trim())}
            >
              <IconX size={14} aria-hidden />
            </ActionIcon>
          )}
        </li>
      ))}
    </ul>
  );
};
