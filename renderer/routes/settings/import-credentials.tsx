import { Button, FileButton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type DragEvent, useState } from 'react';
import { describeError } from '../../api/errors.ts';
import { queryClient, trpc } from '../../api/trpc.ts';
import { IconCircleCheck, IconUpload } from '../../components/icons.ts';

/** The backend takes no longer text. */
const LONGEST = 100_000;

export const ImportCredentials = () => {
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const load = useMutation(
    trpc.settings.importCredentials.mutationOptions({
      onSuccess: ({ credentials }) => queryClient.setQueryData(trpc.settings.credentials.queryKey(), credentials),
    }),
  );

  const take = async (file: File): Promise<void> => {
    load.reset();
    if (file.size > LONGEST) {
      setProblem(`${file.name} is too large for a settings file.`);
      return;
    }
    setProblem(null);
    load.mutate({ fileName: file.name, text: await file.text() });
  };
  const start = (file: File | null | undefined): void => {
    if (!file) return;
    take(file).catch((error: unknown) => setProblem(`${file.name} could not be read: ${describeError(error).message}`));
  };

  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    start(event.dataTransfer.files[0]);
  };
  const failed = load.error === null ? null : describeError(load.error);

  return (
    <div className="br-import">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button inside does the same by keyboard */}
      <div
        className="br-drop"
        data-over={over}
        data-testid="import-drop"
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <IconUpload size={16} aria-hidden />
        <span>
          Drop a <code>shopify.app.toml</code> or <code>.env</code> file here, or
        </span>
        <FileButton
          onChange={start}
          inputProps={{ 'aria-label': 'Settings file', 'data-testid': 'import-file' } as Record<string, string>}
        >
          {(props) => (
            <Button {...props} loading={load.isPending}>
              Choose a file
            </Button>
          )}
        </FileButton>
      </div>
      {(problem !== null || failed !== null) && (
        <div className="br-note" data-tone="bad" role="alert">
          {problem ?? `${failed?.message ?? ''} ${failed?.hint ?? ''}`}
        </div>
      )}
      {load.data !== undefined && (
        <div className="br-note" data-tone="ok" role="status" data-testid="import-notes">
          <IconCircleCheck size={16} aria-hidden />
          <ul>
            {load.data.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
};
