import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Backup, BackupList } from '../../../shared/api.ts';
import { notify, notifyError } from '../../api/notify.ts';
import { queryClient, trpc } from '../../api/trpc.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { CopyText } from '../../components/copy-text.tsx';
import { FullTime } from '../../components/relative-time.tsx';
import { formatBytes, formatCount } from '../../lib/format.ts';

const REASON: Readonly<Record<Backup['reason'], string>> = {
  schedule: 'each night',
  operator: 'by hand',
  'before-restore': 'before a restore',
};

export const Backups = ({ backups }: { readonly backups: BackupList }) => {
  const [chosen, setChosen] = useState<Backup | null>(null);
  const create = useMutation(
    trpc.backups.create.mutationOptions({
      onSuccess: ({ bytes }) => {
        queryClient.invalidateQueries(trpc.backups.pathFilter()).catch((error: unknown) => console.warn(error));
        notify('The database is backed up', `${formatBytes(bytes)}, checked.`);
      },
      onError: (error) => notifyError('The database could not be backed up', error),
    }),
  );
  const restore = useMutation(trpc.backups.restore.mutationOptions());
  return (
    <div className="br-form" data-testid="backups">
      {backups.items.length === 0 ? (
        <p className="br-dim">There is no backup yet. The first is made tonight.</p>
      ) : (
        <table className="br-table">
          <thead>
            <tr>
              <th scope="col">Made</th>
              <th scope="col">Why</th>
              <th scope="col" data-align="end">
                Size
              </th>
              <th scope="col">
                <span className="br-visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {backups.items.map((backup) => (
              <tr key={backup.name} data-testid="backup-row">
                <td>
                  <FullTime iso={backup.createdAt} />
                </td>
                <td>{REASON[backup.reason]}</td>
                <td data-align="end">{formatBytes(backup.bytes)}</td>
                <td data-align="end">
                  <Button
                    variant="subtle"
                    size="compact-xs"
                    aria-label={`Restore ${backup.name}`}
                    onClick={() => setChosen(backup)}
                  >
                    Restore
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="br-dim">
        The newest {formatCount(backups.keep)} are kept. They hold what was here then, people included; who was erased
        since is erased again when one is restored. Tokens in them can be read with this installation’s master key only.
      </p>
      <CopyText value={backups.folder} label="folder of the backups" />
      <div className="br-form-actions">
        <Button loading={create.isPending} onClick={() => create.mutate()}>
          Back up now
        </Button>
      </div>
      {chosen !== null && (
        <ConfirmDialog
          title="Restore a backup"
          action="Restore"
          danger
          phrase={chosen.name}
          pending={restore.isPending}
          error={restore.error}
          onClose={() => {
            setChosen(null);
            restore.reset();
          }}
          onConfirm={() =>
            restore.mutate(
              { name: chosen.name },
              {
                onSuccess: () => {
                  setChosen(null);
                  notify('The backend starts anew', 'The backup is put in place, and erasures since are applied.');
                },
              },
            )
          }
        >
          <p>
            Everything goes back to <FullTime iso={chosen.createdAt} />. What is here now is backed up first. The
            backend starts anew; that takes a few seconds.
          </p>
        </ConfirmDialog>
      )}
    </div>
  );
};
