import { useMantineColorScheme } from '@mantine/core';
import { Spotlight, type SpotlightActionGroupData, spotlight } from '@mantine/spotlight';
import { useQuery } from '@tanstack/react-query';
import { type NavigateOptions, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { notify, notifyError } from '../api/notify.ts';
import { useRepairStore, useSyncStore } from '../api/store-actions.ts';
import { trpc } from '../api/trpc.ts';
import {
  IconCopy,
  IconKeyboard,
  IconPackage,
  IconPlus,
  IconRefresh,
  IconSearch,
  IconShieldLock,
  IconTool,
  IconUpload,
} from '../components/icons.ts';
import { COLOR_SCHEMES } from './color-schemes.ts';
import { paletteFilter, usePaletteRecords } from './palette-records.tsx';
import { closePalette, openShortcutHelp, usePaletteOpen } from './palette-store.ts';
import { SCREENS } from './screens.ts';

const copy = (label: string, value: string): void => {
  navigator.clipboard
    .writeText(value)
    .then(() => notify(`${label} copied`, value))
    .catch((error: unknown) => notifyError(`${label} could not be copied`, error));
};

export const CommandPalette = () => {
  const open = usePaletteOpen();
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const { data: stores } = useQuery(trpc.stores.list.queryOptions());
  const { data: status } = useQuery(trpc.system.status.queryOptions());
  const { mutate: syncStore } = useSyncStore();
  const { mutate: repairStore } = useRepairStore();
  const [query, setQuery] = useState('');
  const { before, after, searching } = usePaletteRecords(query, open);

  useEffect(() => {
    if (open) spotlight.open();
    else spotlight.close();
  }, [open]);

  const groups = useMemo((): SpotlightActionGroupData[] => {
    const go = (options: NavigateOptions): void => {
      navigate(options).catch((error: unknown) => notifyError('The screen could not be opened', error));
    };
    return [
      {
        group: 'Go to',
        actions: SCREENS.map(({ path, label, icon: ScreenIcon, key }) => ({
          id: `go ${path}`,
          label,
          leftSection: <ScreenIcon size={16} aria-hidden />,
          rightSection: <kbd className="br-kbd">{`g ${key}`}</kbd>,
          onClick: () => go({ to: path }),
        })),
      },
      {
        group: 'Actions',
        actions: [
          {
            id: 'connect',
            label: 'Connect a store',
            keywords: ['install', 'add', 'shop', 'oauth'],
            leftSection: <IconPlus size={16} aria-hidden />,
            onClick: () => go({ to: '/stores', search: { connect: 'new' } }),
          },
          {
            id: 'failed',
            label: 'Show failed webhooks',
            leftSection: <IconSearch size={16} aria-hidden />,
            onClick: () => go({ to: '/webhooks', search: { state: 'failed' } }),
          },
          {
            id: 'failed tasks',
            label: 'Show failed tasks',
            keywords: ['queue', 'retry', 'error', 'jobs'],
            leftSection: <IconSearch size={16} aria-hidden />,
            onClick: () => go({ to: '/tasks', search: { state: 'failed' } }),
          },
          {
            id: 'refused',
            label: 'Show refused webhooks',
            keywords: ['forged', 'signature', 'hmac'],
            leftSection: <IconSearch size={16} aria-hidden />,
            onClick: () => go({ to: '/webhooks', search: { state: 'refused' } }),
          },
          {
            id: 'quarantine',
            label: 'Show quarantined pixel events',
            keywords: ['invalid', 'rejected'],
            leftSection: <IconSearch size={16} aria-hidden />,
            onClick: () => go({ to: '/pixel', search: { outcome: 'quarantined' } }),
          },
          {
            id: 'privacy enter',
            label: 'Enter a privacy request',
            keywords: ['gdpr', 'ccpa', 'erase', 'redact', 'customer'],
            leftSection: <IconShieldLock size={16} aria-hidden />,
            onClick: () => go({ to: '/privacy', search: { enter: true } }),
          },
          {
            id: 'privacy evidence',
            label: 'Show the privacy evidence',
            keywords: ['audit', 'log', 'proof'],
            leftSection: <IconShieldLock size={16} aria-hidden />,
            onClick: () => go({ to: '/privacy', search: { tab: 'evidence' } }),
          },
          {
            id: 'import',
            label: 'Import credentials from a file',
            keywords: ['shopify.app.toml', '.env'],
            leftSection: <IconUpload size={16} aria-hidden />,
            onClick: () => go({ to: '/settings', hash: 'credentials' }),
          },
          ...(status === undefined
            ? []
            : [
                {
                  id: 'copy address',
                  label: 'Copy the public address',
                  description: status.publicUrl,
                  leftSection: <IconCopy size={16} aria-hidden />,
                  onClick: () => copy('Public address', status.publicUrl),
                },
              ]),
          ...COLOR_SCHEMES.map(({ value, label, icon: SchemeIcon }) => ({
            id: `scheme ${value}`,
            label: `Colour scheme: ${label}`,
            keywords: ['theme', 'appearance', 'color'],
            leftSection: <SchemeIcon size={16} aria-hidden />,
            onClick: () => setColorScheme(value),
          })),
          {
            id: 'shortcuts',
            label: 'Keyboard shortcuts',
            leftSection: <IconKeyboard size={16} aria-hidden />,
            rightSection: <kbd className="br-kbd">?</kbd>,
            onClick: openShortcutHelp,
          },
        ],
      },
      ...(stores?.items ?? []).map(({ shop, name }) => ({
        group: name,
        actions: [
          {
            id: `products ${shop}`,
            label: `Products of ${name}`,
            description: shop,
            leftSection: <IconPackage size={16} aria-hidden />,
            onClick: () => go({ to: '/products', search: { shop } }),
          },
          {
            id: `sync ${shop}`,
            label: `Fetch again: ${name}`,
            description: shop,
            keywords: ['sync', 'import', 'refresh'],
            leftSection: <IconRefresh size={16} aria-hidden />,
            onClick: () => syncStore({ shop }),
          },
          {
            id: `repair ${shop}`,
            label: `Check and repair: ${name}`,
            description: shop,
            keywords: ['fix', 'webhooks', 'pixel'],
            leftSection: <IconTool size={16} aria-hidden />,
            onClick: () => repairStore({ shop }),
          },
        ],
      })),
    ];
  }, [navigate, repairStore, setColorScheme, status, stores, syncStore]);

  return (
    <Spotlight
      actions={[...before, ...groups, ...after]}
      filter={paletteFilter}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      onSpotlightClose={closePalette}
      nothingFound={searching ? 'Searching…' : 'Nothing matches'}
      highlightQuery
      scrollable
      maxHeight={420}
      lockScroll={false}
      size={560}
      overlayProps={{ backgroundOpacity: 0.25, blur: 0 }}
      transitionProps={{ duration: 80 }}
      title="Command palette"
      data-testid="command-palette"
      attributes={{ header: { role: 'presentation' } }}
      classNames={{
        header: 'br-visually-hidden',
        action: 'br-palette-action',
        actionsGroup: 'br-palette-group',
        search: 'br-palette-search',
      }}
      searchProps={{
        leftSection: <IconSearch size={16} aria-hidden />,
        placeholder: 'Search orders, customers, products, screens and actions',
        'aria-label': 'Search records, screens and actions',
      }}
    />
  );
};
