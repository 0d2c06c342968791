import '../../api/zod-without-eval.ts';
import { Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { PrivacySettings } from '../../../shared/api.ts';
import { notify, notifyError } from '../../api/notify.ts';
import { queryClient, trpc } from '../../api/trpc.ts';
import { FormSubmit, type NumberField, NumberFields, useSettingsDraft } from './form-parts.tsx';

const MASKING_WORDS = [
  { value: 'everything', label: 'Names, addresses, e-mail and phone' },
  { value: 'contacts', label: 'Addresses, e-mail and phone; names are shown' },
] satisfies { value: PrivacySettings['masking']; label: string }[];

const NUMBERS: readonly NumberField<keyof PrivacySettings>[] = [
  {
    field: 'redactHours',
    label: 'Wait before a customer is erased',
    description: 'Time to look at the request and to put a legal hold on it. Requests already here keep their date.',
    suffix: 'hours',
  },
  {
    field: 'shopRedactHours',
    label: 'Wait before a whole store is erased',
    description: 'If the app is installed again meanwhile, the erasure is cancelled.',
    suffix: 'hours',
  },
  {
    field: 'packageDays',
    label: 'Keep a package for',
    description: 'Of a data request, encrypted; then its file is deleted.',
    suffix: 'days',
  },
];

/** How requests are dealt with. The server checks the same rules and writes each change into the evidence. */
export const PrivacyForm = ({ saved }: { readonly saved: PrivacySettings }) => {
  const { mutate: save, isPending } = useMutation(
    trpc.privacy.saveSettings.mutationOptions({
      onSuccess: async (now) => {
        form.reset(now);
        await queryClient.invalidateQueries(trpc.privacy.pathFilter());
        notify('Privacy settings saved', 'The change is in the evidence.');
      },
      onError: (error) => notifyError('The privacy settings could not be saved', error),
    }),
  );
  const form = useSettingsDraft(PrivacySettings, saved, save);
  return (
    <form className="br-form" onSubmit={form.onSubmit} noValidate data-testid="privacy-form">
      <NumberFields fields={NUMBERS} form={form} />
      <Select
        label="Hide in the console"
        description="A field can be shown at any time; each time is noted in the evidence."
        data={MASKING_WORDS}
        allowDeselect={false}
        value={String(form.draft.masking)}
        onChange={(value) => form.set('masking', value ?? saved.masking)}
      />
      <TextInput
        label="Who answers for requests"
        description="Named in packages and in the auditor’s report. May be left empty."
        value={String(form.draft.owner)}
        error={form.errorOf('owner')}
        autoComplete="off"
        onChange={(event) => form.set('owner', event.currentTarget.value)}
      />
      <FormSubmit saving={isPending}>Save</FormSubmit>
    </form>
  );
};
