import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { MasterKeyState } from '../../../shared/api.ts';
import { notifyError } from '../../api/notify.ts';
import { trpc } from '../../api/trpc.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { FullTime } from '../../components/relative-time.tsx';
import { formatCount, plural } from '../../lib/format.ts';

const PLACE: Record<MasterKeyState['source'], { readonly name: string; readonly meaning: string }> = {
  keychain: {
    name: "The system's keychain",
    meaning:
      'Access tokens and secrets are encrypted with a key that only this user account of the computer can unlock.',
  },
  'key-file': {
    name: 'A key file',
    meaning:
      'No keychain is available here, so the key lies in a file in the data folder that only this user account may read. Whoever can read both the file and the database can read the tokens.',
  },
  environment: {
    name: 'The environment',
    meaning:
      'Access tokens and secrets are encrypted with the key given as BACKROOM_MASTER_KEY. Without that key they cannot be read. To change it, put a new key there and the present one in BACKROOM_MASTER_KEY_PREVIOUS, then restart Backroom.',
  },
};

const Rotation = ({ rotation }: { readonly rotation: MasterKeyState['rotation'] }) => {
  const { phase, looked, total, resealed, unreadable } = rotation;
  if (phase === 'idle') return null;
  return (
    <div
      className="br-note"
      data-tone={phase === 'failed' || unreadable > 0 ? 'warn' : undefined}
      role="status"
      data-testid="key-rotation"
      data-phase={phase}
    >
      {phase === 'running' && (
        <>
          Sealing everything with the new key: {formatCount(looked)} of {formatCount(total)} looked at. Backroom can be
          used, and closed: it goes on at the next start.
          <ProgressLine done={looked} total={total} label="Sealing with the new key" />
        </>
      )}
      {phase === 'elsewhere' && 'Another copy of Backroom on this data seals everything with the new key.'}
      {phase === 'failed' && 'Sealing with the new key stopped. Nothing is lost: it goes on at the next start.'}
      {phase === 'done' &&
        (unreadable > 0
          ? `${plural(unreadable, 'secret')} could not be opened with any known key, so the older keys are kept. Connect the stores again that ask for it, and enter missing secrets anew.`
          : `Done: ${plural(resealed, 'secret')} sealed with the new key, and the old one is forgotten.`)}
    </div>
  );
};

/** Where the key is that seals every token and secret, and a change of it. */
export const Security = ({ state }: { readonly state: MasterKeyState }) => {
  const [asked, setAsked] = useState(false);
  const change = useMutation(
    trpc.settings.changeMasterKey.mutationOptions({
      onSuccess: () => setAsked(false),
      onError: (error) => notifyError('The key was not changed', error),
    }),
  );
  const place = PLACE[state.source];
  const running = state.rotation.phase === 'running';
  return (
    <>
      <Facts>
        <Fact name="Master key">
          {place.name}
          <p className="br-dim">{place.meaning}</p>
        </Fact>
        <Fact name="In use since">
          <FullTime iso={state.inUseSince} />
        </Fact>
        <Fact name="Key id">
          <CopyText value={state.keyId} label="the key’s name" />
        </Fact>
      </Facts>
      <Rotation rotation={state.rotation} />
      {state.canChange && !asked && (
        <div className="br-form-actions">
          <Button onClick={() => setAsked(true)} disabled={running} loading={change.isPending}>
            Change the key
          </Button>
        </div>
      )}
      {asked && (
        <div className="br-note" data-testid="change-key-ask">
          <p>
            A new key is made and kept in the same place, and everything is sealed with it. Stores stay connected.
            Backups that were made before open with the old key only.
          </p>
          <div className="br-form-actions">
            <Button onClick={() => setAsked(false)} disabled={change.isPending}>
              Cancel
            </Button>
            <Button variant="filled" onClick={() => change.mutate()} loading={change.isPending} data-autofocus>
              Make a new key
            </Button>
          </div>
        </div>
      )}
    </>
  );
};
