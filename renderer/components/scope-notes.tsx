import { ActionIcon, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { trpc } from '../api/trpc.ts';
import { persistent } from '../lib/preferences.ts';
import { fieldNotes, type ScopeArea, type ScopeNote, scopeNotes } from '../lib/scope-notes.ts';
import { IconAlertTriangle, IconPlugConnected, IconX } from './icons.ts';

/** Notes about a limit that the person knows of and lives with: most apps never get `read_all_orders`. */
const hidden = persistent<string>('backroom-scope-notes-hidden', '', (text) => text);
const keyOf = ({ shop, scope }: ScopeNote): string => `${shop}/${scope}`;
const mayBeHidden = ({ isRequested }: ScopeNote): boolean => !isRequested;

/** What this screen lacks because a store did not grant a scope, or Shopify refuses fields; stands there with rows as well as without. */
export const ScopeNotes = ({ area, shop }: { readonly area: ScopeArea; readonly shop: string | undefined }) => {
  const { data: stores } = useQuery(trpc.stores.list.queryOptions());
  const put = useSyncExternalStore(hidden.subscribe, hidden.get).split(' ');
  const hide = (key: string): void => hidden.set([...put, key].join(' ').trim());
  const notes = scopeNotes(area, stores?.items ?? [], shop).filter(
    (note) => !(mayBeHidden(note) && put.includes(keyOf(note))),
  );
  const refused = fieldNotes(area, stores?.items ?? [], shop)
    // The fields are part of what is hidden: when others are refused, the note is back.
    .map((note) => ({ ...note, key: `${note.shop}/${area}/${note.fields.join('+').replaceAll(' ', '-')}` }))
    .filter(({ key }) => !put.includes(key));
  if (notes.length + refused.length === 0) return null;
  return (
    <ul className="br-scope-notes" data-testid="scope-notes" aria-label="What this screen lacks">
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
            <ActionIcon aria-label={`Hide: ${note.text}`} onClick={() => hide(keyOf(note))}>
              <IconX size={14} aria-hidden />
            </ActionIcon>
          )}
        </li>
      ))}
      {refused.map(({ key, storeName, fields, hint }) => (
        <li key={key} data-gap="field">
          <IconAlertTriangle size={16} aria-hidden />
          <span>
            <strong>
              Shopify withholds {fields.join(', ')} of {storeName}’s {area}
            </strong>
            : these are empty here, all else is whole. {hint}
          </span>
          <ActionIcon aria-label={`Hide what is withheld of ${storeName}’s ${area}`} onClick={() => hide(key)}>
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
};
