import '../../api/zod-without-eval.ts';
import { Button, NumberInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type PixelRetention, PixelRetentionSettings } from '../../../shared/api.ts';
import { notify, notifyError } from '../../api/notify.ts';
import { queryClient, trpc } from '../../api/trpc.ts';
import { KeptFacts } from '../pixel/kept.tsx';
import { whatGoes } from '../pixel/kept-text.ts';
import { fieldError } from './field-error.ts';

type Field = keyof PixelRetentionSettings;
const FIELDS: readonly { field: Field; label: string; description: string; suffix: string }[] = [
  {
    field: 'days',
    label: 'Keep single events for',
    description: 'Counts, funnel and sessions are kept longer: they need no single events.',
    suffix: ' days',
  },
  {
    field: 'megabytes',
    label: 'Let them take at most',
    description:
      'Single events, quarantine and sessions with their indexes. Beyond, the oldest go; looked at each hour, so a busy hour may go over it. Freed space is used again, the file does not shrink.',
    suffix: ' MB',
  },
];

/** How long and how much of the pixel's events is kept. The server checks the same bounds. */
export const PixelRetentionForm = ({ kept }: { readonly kept: PixelRetention }) => {
  // A field that was emptied is no number; the check says so.
  const [draft, setDraft] = useState<Record<Field, string | number>>({ days: kept.days, megabytes: kept.megabytes });
  const [tried, setTried] = useState(false);
  const { mutate: save, isPending } = useMutation(
    trpc.pixel.saveRetention.mutationOptions({
      onSuccess: async ({ days, megabytes }) => {
        setDraft({ days, megabytes });
        await queryClient.invalidateQueries(trpc.pixel.retention.pathFilter());
        notify('Limits of pixel events saved', 'What is over them is being removed; Tasks shows how far it is.');
      },
      onError: (error) => notifyError('The limits could not be saved', error),
    }),
  );
  const parsed = PixelRetentionSettings.safeParse(draft);
  const errorOf = (field: Field): string | null => (tried ? fieldError(parsed, field) : null);
  const goes = parsed.success ? whatGoes(kept, parsed.data, Date.now()) : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (parsed.success) save(parsed.data);
  };
  return (
    <form className="br-form" onSubmit={submit} noValidate data-testid="pixel-retention-form">
      <KeptFacts kept={kept} columns={2} />
      {FIELDS.map(({ field, label, description, suffix }) => (
        <NumberInput
          key={field}
          label={label}
          description={description}
          suffix={suffix}
          thousandSeparator=","
          allowDecimal={false}
          allowNegative={false}
          value={draft[field]}
          error={errorOf(field)}
          onChange={(value) => setDraft((now) => ({ ...now, [field]: value }))}
        />
      ))}
      {goes !== null && (
        <p className="br-note" data-tone="warn" role="status">
          {goes}
        </p>
      )}
      <div className="br-form-actions">
        <Button type="submit" variant="filled" loading={isPending}>
          Save
        </Button>
      </div>
    </form>
  );
};
