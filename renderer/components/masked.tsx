import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { notifyError } from '../api/notify.ts';
import { type Inputs, trpc } from '../api/trpc.ts';
import { CopyText } from './copy-text.tsx';

type Revealed = Inputs['privacy']['reveal'];

interface Props {
  readonly value: string | null;
  /** What the value belongs to; goes into the evidence when it is shown. */
  readonly source: Omit<Revealed, 'field'>;
  /** The field in words, e.g. `e-mail`. */
  readonly field: string;
}

/** Asks the backend to write down that a field is shown; it is shown once that is written. */
const useReveal = (source: Props['source'], field: string) => {
  const [shown, setShown] = useState(false);
  const { mutate, isPending } = useMutation(
    trpc.privacy.reveal.mutationOptions({
      onSuccess: () => setShown(true),
      onError: (error) => notifyError(`The ${field} could not be shown`, error),
    }),
  );
  return { shown, pending: isPending, show: () => mutate({ ...source, field }), hide: () => setShown(false) };
};

/** The first sign and the shape, so that rows can be told apart: `a•••@g•••` for an address, `•••21` for a number. */
export const maskText = (value: string): string => {
  const [name, domain] = value.split('@', 2);
  if (name !== undefined && domain !== undefined) return `${name.slice(0, 1)}•••@${domain.slice(0, 1)}•••`;
  return /^[+\d\s().-]+$/.test(value) ? `•••${value.slice(-2)}` : `${value.slice(0, 1)}•••`;
};

/** A personal field: masked until somebody asks for it, which is written to the evidence first. */
export const Masked = ({ value, source, field }: Props) => {
  const reveal = useReveal(source, field);
  if (value === null || value === '') return <span className="br-dim">–</span>;
  if (reveal.shown) {
    return (
      <span className="br-masked">
        <CopyText value={value} label={field} />
        <button type="button" className="br-link" onClick={reveal.hide}>
          Mask
        </button>
      </span>
    );
  }
  return (
    <span className="br-masked">
      {maskText(value)}
      <button
        type="button"
        className="br-link"
        aria-label={`Show the ${field}`}
        title="Showing it is written to the evidence"
        disabled={reveal.pending}
        onClick={reveal.show}
      >
        Show
      </button>
    </span>
  );
};

/** A whole part of a screen that names somebody, e.g. addresses or the JSON of a customer. */
export const MaskedPart = ({ source, field, children }: Omit<Props, 'value'> & { readonly children: ReactNode }) => {
  const reveal = useReveal(source, field);
  if (reveal.shown) return children;
  return (
    <div className="br-masked-part">
      <p className="br-dim">Personal data is masked. Showing it is written to the privacy evidence.</p>
      <Button loading={reveal.pending} onClick={reveal.show}>
        Show the {field}
      </Button>
    </div>
  );
};
