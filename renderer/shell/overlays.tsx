import '@mantine/core/styles/Mark.css';
import '@mantine/core/styles/Notification.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import { Notifications } from '@mantine/notifications';
import { CommandPalette } from './command-palette.tsx';
import { DeadlineNotice } from './deadline-notice.tsx';
import { ShortcutHelp } from './shortcut-help.tsx';

export const Overlays = () => (
  <>
    <CommandPalette />
    <ShortcutHelp />
    <DeadlineNotice />
    {/* Part of the shell's layout, below what is worked with: a notice that lay over it hid buttons of the details. */}
    <Notifications position="bottom-center" limit={3} withinPortal={false} transitionDuration={120} />
  </>
);
