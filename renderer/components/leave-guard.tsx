import { Button, Modal } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { isDesktop } from '../lib/desktop-bridge.ts';

interface Props {
  /** What was typed, as a title asks about it: “Leave the rule unsaved?” */
  readonly title: string;
  /** Asked at the moment of leaving. */
  readonly isUnsaved: () => boolean;
}

interface Place {
  readonly pathname: string;
  readonly search: object;
}

const field = (search: object, name: string): unknown => (search as Readonly<Record<string, unknown>>)[name];
/** Another filter of the same screen takes nothing away from what is open in it. */
const isSamePlace = (one: Place, other: Place): boolean =>
  one.pathname === other.pathname &&
  ['view', 'id'].every((name) => field(one.search, name) === field(other.search, name));

/** Asks before something that was typed and not saved is left: by a link, a tab, a key, the way back, or the browser's own close. */
export const LeaveGuard = ({ title, isUnsaved }: Props) => {
  const leaving = useBlocker({
    shouldBlockFn: ({ current, next }) => isUnsaved() && !isSamePlace(current, next),
    // A window of the desktop app would just stay open, without a word.
    enableBeforeUnload: () => !isDesktop() && isUnsaved(),
    withResolver: true,
  });
  return (
    <Modal
      opened={leaving.status === 'blocked'}
      onClose={() => leaving.reset?.()}
      title={title}
      size={420}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="br-form">
        <p>What you changed is not saved and would be lost.</p>
        <div className="br-form-actions">
          <Button data-autofocus onClick={() => leaving.reset?.()}>
            Keep editing
          </Button>
          <Button variant="filled" color="red.9" onClick={() => leaving.proceed?.()}>
            Leave without saving
          </Button>
        </div>
      </div>
    </Modal>
  );
};
