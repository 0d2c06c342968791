import '../../api/zod-without-eval.ts';
import { useMutation } from '@tanstack/react-query';
import { type PixelRetention, PixelRetentionSettings } from '../../../shared/api.ts';
import { notify, notifyError } from '../../api/notify.ts';
import { queryClient, trpc } from '../../api/trpc.ts';
import { KeptFacts } from '../pixel/kept.tsx';
import { whatGoes } from '../pixel/kept-text.ts';
import { FormSubmit, type NumberField, NumberFields, useSettingsDraft } from './form-parts.tsx';

const FIELDS: readonly NumberField<keyof PixelRetentionSettings>[] = [
  {
    field: 'days',
    label: 'Keep single events for',
    description: 'Counts, funnel and sessions are kept longer: they need no single events.',
    suffix: 'days',
  },
  {
    field: 'megabytes',
    label: 'Let them take at most',
    description:
      'Single events, quarantine and sessions with their indexes. Beyond, the oldest go; looked at each hour, so a busy hour may go over it. Freed space is used again, the file does not shrink.',
    suffix: 'MB',
  },
];

/** How long and how much of the pixel's events is kept. The server checks the same bounds. */
export const PixelRetentionForm = ({ kept }: { readonly kept: PixelRetention }) => {
  const { mutate: save, isPending } = useMutation(
    trpc.pixel.saveRetention.mutationOptions({
      onSuccess: async ({ days, megabytes }) => {
        form.reset({ days, megabytes });
        await queryClient.invalidateQueries(trpc.pixel.retention.pathFilter());
        notify('Limits of pixel events saved', 'What is over them is being removed; Tasks shows how far it is.');
      },
      onError: (error) => notifyError('The limits could not be saved', error),
    }),
  );
  const form = useSettingsDraft(PixelRetentionSettings, { days: kept.days, megabytes: kept.megabytes }, save);
  const goes = form.settings === null ? null : whatGoes(kept, form.settings, Date.now());
  return (
    <form className="br-form" onSubmit={form.onSubmit} noValidate data-testid="pixel-retention-form">
      <KeptFacts kept={kept} columns={2} />
      <NumberFields fields={FIELDS} form={form} />
      {goes !== null && (
        <p className="br-note" data-tone="warn" role="status">
          {goes}
        </p>
      )}
      <FormSubmit saving={isPending}>Save</FormSubmit>
    </form>
  );
};
