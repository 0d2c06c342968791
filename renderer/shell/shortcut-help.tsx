import { Modal } from '@mantine/core';
import { Kbd } from '../components/kbd.tsx';
import { useSingleKeys } from '../lib/preferences.ts';
import { closeShortcutHelp, useShortcutHelpOpen } from './palette-store.ts';
import { SCREENS } from './screens.ts';
import { modKey } from './shortcuts.ts';

const GENERAL: readonly (readonly [keys: readonly string[], what: string])[] = [
  [[`${modKey} K`], 'Search records, screens and actions'],
  [['/'], 'Go to the search field'],
  [['j', '↓'], 'Next row'],
  [['k', '↑'], 'Previous row'],
  [['Enter'], 'Open the details of the row'],
  [['x'], 'Select or unselect the row'],
  [['Escape'], 'Close the details'],
  [['Space'], 'Pause or resume a live list'],
  [['r'], 'Run the open webhook or task again'],
  [['e'], 'Edit and send the open webhook'],
  [['c'], 'Cancel the open task'],
  [['?'], 'This list'],
];

export const ShortcutHelp = () => {
  const open = useShortcutHelpOpen();
  const singleKeys = useSingleKeys();
  const rows = [...GENERAL, ...SCREENS.map(({ key, label }) => [[`g ${key}`], `Go to ${label}`] as const)];
  return (
    <Modal opened={open} onClose={closeShortcutHelp} title="Keyboard shortcuts">
      <dl className="br-shortcuts">
        {rows.map(([keys, what]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      {!singleKeys && <p className="br-dim">Single-key shortcuts are switched off in Settings.</p>}
    </Modal>
  );
};
