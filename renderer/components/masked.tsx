import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { notifyError } from '../api/notify.ts';
import { type Inputs, trpc } from '../api/trpc.ts';
import { CopyText } from './copy-text.tsx';

/** Which masked field of which record. */
type Revealed = Inputs['privacy']['reveal'];

/** Asks the backend for a masked field; it writes down that it was asked for before it answers. */
const useReveal = (label: string) => {
  const [shown, setShown] = useState<{ readonly value: unknown } | null>(null);
  const { mutate, isPending } = useMutation(
    trpc.privacy.reveal.mutationOptions({
      onSuccess: ({ value }) => setShown({ value }),
      onError: (error) => notifyError(`The ${label} could not be shown`, error),
    }),
  );
  return { shown, pending: isPending, show: mutate, hide: () => setShown(null) };
};

interface Props {
  /** The masked value, as the backend gave it. */
  readonly value: string | null;
  readonly source: Revealed;
  /** The field in words, e.g. `e-mail`. */
  readonly label: string;
}

/** A personal field: masked until somebody asks for it, which is written to the evidence first. */
export const Masked = ({ value, source, label }: Props) => {
  const { shown, pending, show, hide } = useReveal(label);
  if (value === null || value === '') return <span className="br-dim">–</span>;
  if (shown !== null) {
    return (
      <span className="br-masked">
        <CopyText value={String(shown.value ?? '')} label={label} />
        <button type="button" className="br-link" onClick={hide}>
          Mask
        </button>
      </span>
    );
  }
  return (
    <span className="br-masked">
      {value}
      <button
        type="button"
        className="br-link"
        aria-label={`Show the ${label}`}
        title="Showing it is written to the evidence"
        disabled={pending}
        onClick={() => show(source)}
      >
        Show
      </button>
    </span>
  );
};

/** A part of a screen that names somebody, e.g. addresses or a payload: `children` draws the masked value, then the whole one. */
export const MaskedPart = ({
  value,
  source,
  label,
  children,
}: {
  readonly value: unknown;
  readonly source: Revealed;
  readonly label: string;
  readonly children: (value: unknown) => ReactNode;
}) => {
  const { shown, pending, show, hide } = useReveal(label);
  return (
    <>
      <p className="br-masked-note" data-testid="masked-note">
        <span className="br-dim">
          {shown === null ? 'Personal details are hidden.' : 'Shown; this is in the privacy evidence.'}
        </span>
        {shown === null ? (
          <Button
            variant="subtle"
            size="compact-xs"
            loading={pending}
            title="Showing it is written to the evidence"
            onClick={() => show(source)}
          >
            Show the {label}
          </Button>
        ) : (
          <Button variant="subtle" size="compact-xs" onClick={hide}>
            Mask
          </Button>
        )}
      </p>
      {children(shown === null ? value : shown.value)}
    </>
  );
};
