import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { notifyError } from '../api/notify.ts';
import { type Inputs, trpc } from '../api/trpc.ts';

type Revealed = Inputs['privacy']['reveal'];

interface Props {
  readonly value: string | null;
  /** What the value belongs to; goes into the evidence when it is shown. */
  readonly source: Omit<Revealed, 'field'>;
  /** The field in words, e.g. `e-mail`. */
  readonly field: string;
}

/** The first sign and the shape, so that rows can be told apart: `a•••@g•••` for an address, `•••21` for a number. */
export const maskText = (value: string): string => {
  const [name, domain] = value.split('@', 2);
  if (name !== undefined && domain !== undefined) return `${name.slice(0, 1)}•••@${domain.slice(0, 1)}•••`;
  return /^[+\d\s().-]+$/.test(value) ? `•••${value.slice(-2)}` : `${value.slice(0, 1)}•••`;
};

/** A personal field: masked until somebody asks for it, which is written to the evidence first. */
export const Masked = ({ value, source, field }: Props) => {
  const [shown, setShown] = useState(false);
  const reveal = useMutation(
    trpc.privacy.reveal.mutationOptions({
      onSuccess: () => setShown(true),
      onError: (error) => notifyError(`The ${field} could not be shown`, error),
    }),
  );
  if (value === null || value === '') return <span className="br-dim">–</span>;
  if (shown) {
    return (
      <span>
        {value}{' '}
        <button type="button" className="br-link" onClick={() => setShown(false)}>
          Mask
        </button>
      </span>
    );
  }
  return (
    <span>
      {maskText(value)}{' '}
      <button
        type="button"
        className="br-link"
        aria-label={`Show the ${field}`}
        title="Showing it is written to the evidence"
        disabled={reveal.isPending}
        onClick={(event) => {
          event.stopPropagation();
          reveal.mutate({ ...source, field });
        }}
      >
        Show
      </button>
    </span>
  );
};
