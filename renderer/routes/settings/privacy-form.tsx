import '../../api/zod-without-eval.ts';
import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { PrivacySettings } from '../../../shared/api.ts';
import { notify, notifyError } from '../../api/notify.ts';
import { queryClient, trpc } from '../../api/trpc.ts';
import { fieldError } from './field-error.ts';

const MASKING_WORDS = [
  { value: 'everything', label: 'Names, addresses, e-mail and phone' },
  { value: 'contacts', label: 'Addresses, e-mail and phone; names are shown' },
] satisfies { value: PrivacySettings['masking']; label: string }[];

type NumberField = 'redactHours' | 'shopRedactHours' | 'packageDays';
const NUMBERS: readonly { field: NumberField; label: string; description: string; suffix: string }[] = [
  {
    field: 'redactHours',
    label: 'Wait before a customer is erased',
    description: 'Time to look at the request and to put a legal hold on it. Requests already here keep their date.',
    suffix: ' hours',
  },
  {
    field: 'shopRedactHours',
    label: 'Wait before a whole store is erased',
    description: 'If the app is installed again meanwhile, the erasure is cancelled.',
    suffix: ' hours',
  },
  {
    field: 'packageDays',
    label: 'Keep a package for',
    description: 'Of a data request, encrypted; then its file is deleted.',
    suffix: ' days',
  },
];

/** How requests are dealt with. The server checks the same rules and writes each change into the evidence. */
export const PrivacyForm = ({ saved }: { readonly saved: PrivacySettings }) => {
  // A field that was emptied is no number; the check says so.
  const [draft, setDraft] = useState<Record<keyof PrivacySettings, string | number>>(saved);
  const [tried, setTried] = useState(false);
  const { mutate: save, isPending } = useMutation(
    trpc.privacy.saveSettings.mutationOptions({
      onSuccess: async (now) => {
        setDraft(now);
        await queryClient.invalidateQueries(trpc.privacy.pathFilter());
        notify('Privacy settings saved', 'The change is in the evidence.');
      },
      onError: (error) => notifyError('The privacy settings could not be saved', error),
    }),
  );
  const parsed = PrivacySettings.safeParse(draft);
  const errorOf = (field: keyof PrivacySettings): string | null => (tried ? fieldError(parsed, field) : null);
  const set = (field: keyof PrivacySettings, value: string | number): void =>
    setDraft((now) => ({ ...now, [field]: value }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (parsed.success) save(parsed.data);
  };
  return (
    <form className="br-form" onSubmit={submit} noValidate data-testid="privacy-form">
      {NUMBERS.map(({ field, label, description, suffix }) => (
        <NumberInput
          key={field}
          label={label}
          description={description}
          suffix={suffix}
          allowDecimal={false}
          allowNegative={false}
          value={draft[field]}
          error={errorOf(field)}
          onChange={(value) => set(field, value)}
        />
      ))}
      <Select
        label="Hide in the console"
        description="A field can be shown at any time; each time is noted in the evidence."
        data={MASKING_WORDS}
        allowDeselect={false}
        value={String(draft.masking)}
        onChange={(value) => set('masking', value ?? saved.masking)}
      />
      <TextInput
        label="Who answers for requests"
        description="Named in packages and in the auditor’s report. May be left empty."
        value={String(draft.owner)}
        error={errorOf('owner')}
        autoComplete="off"
        onChange={(event) => set('owner', event.currentTarget.value)}
      />
      <div className="br-form-actions">
        <Button type="submit" variant="filled" loading={isPending}>
          Save
        </Button>
      </div>
    </form>
  );
};
