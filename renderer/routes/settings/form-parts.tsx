import { Button, NumberInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { z } from 'zod';
import { fieldError } from './field-error.ts';

interface SubmitProps {
  readonly saving: boolean;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

/** The button that a form ends with. */
export const FormSubmit = ({ saving, disabled = false, children }: SubmitProps) => (
  <div className="br-form-actions">
    <Button type="submit" variant="filled" loading={saving} disabled={disabled}>
      {children}
    </Button>
  </div>
);

/** What stands in the fields: one that was emptied is no number, which the check says. */
type Draft<T> = Readonly<Record<keyof T, string | number>>;

export interface SettingsDraft<T> {
  readonly draft: Draft<T>;
  readonly set: (field: keyof T & string, value: string | number) => void;
  /** With what the server made of it. */
  readonly reset: (saved: Draft<T>) => void;
  /** The settings to be saved; null while one of them is wrong. */
  readonly settings: T | null;
  /** What is wrong with a field, in words; nothing is before the first try to save. */
  readonly errorOf: (field: keyof T & string) => string | null;
  readonly onSubmit: (event: FormEvent) => void;
}

/** The draft of a form of settings, checked with the schema that the server checks with. `save` gets correct settings only. */
export const useSettingsDraft = <T extends object>(
  schema: z.ZodType<T>,
  saved: Draft<T>,
  save: (settings: T) => void,
): SettingsDraft<T> => {
  const [draft, setDraft] = useState<Draft<T>>(saved);
  const [tried, setTried] = useState(false);
  const parsed = schema.safeParse(draft);
  return {
    draft,
    set: (field, value) => setDraft((now) => ({ ...now, [field]: value })),
    reset: setDraft,
    settings: parsed.success ? parsed.data : null,
    errorOf: (field) => (tried ? fieldError(parsed, field) : null),
    onSubmit: (event) => {
      event.preventDefault();
      setTried(true);
      if (parsed.success) save(parsed.data);
    },
  };
};

export interface NumberField<Field extends string> {
  readonly field: Field;
  readonly label: string;
  readonly description: string;
  /** The unit. */
  readonly suffix: string;
}

interface NumberFieldsProps<T> {
  readonly fields: readonly NumberField<keyof T & string>[];
  readonly form: Pick<SettingsDraft<T>, 'draft' | 'set' | 'errorOf'>;
}

/** Whole numbers with their units. */
export const NumberFields = <T,>({ fields, form }: NumberFieldsProps<T>) =>
  fields.map(({ field, label, description, suffix }) => (
    <NumberInput
      key={field}
      label={label}
      description={description}
      suffix={` ${suffix}`}
      thousandSeparator=","
      allowDecimal={false}
      allowNegative={false}
      value={form.draft[field] satisfies string | number as string | number}
      error={form.errorOf(field)}
      onChange={(value) => form.set(field, value)}
    />
  ));
