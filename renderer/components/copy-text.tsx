import { useEffect, useState } from 'react';
import { notifyError } from '../api/notify.ts';
import { IconCheck, IconCopy } from './icons.ts';

const useCopy = (value: string, onCopied?: () => void) => {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = (): void => {
    navigator.clipboard
      .writeText(value)
      .then(() => {
        setCopied(true);
        onCopied?.();
      })
      .catch((error: unknown) => notifyError('Copying failed', error));
  };
  return { copied, copy };
};

/** An icon button beside something worth copying. */
export const CopyButton = ({
  value,
  label,
  onCopied,
}: {
  readonly value: string;
  readonly label: string;
  readonly onCopied?: () => void;
}) => {
  const { copied, copy } = useCopy(value, onCopied);
  return (
    <button
      type="button"
      className="br-copy"
      data-copied={copied}
      title={copied ? 'Copied' : `Copy ${label}`}
      aria-label={copied ? `${label} copied` : `Copy ${label}`}
      onClick={(event) => {
        event.stopPropagation();
        copy();
      }}
    >
      {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
    </button>
  );
};

/** An id or address in its full length as far as there is room, with its copy button. */
export const CopyText = ({ value, label }: { readonly value: string; readonly label: string }) => (
  <span className="br-copy-text">
    <span className="br-mono" title={value}>
      {value}
    </span>
    <CopyButton value={value} label={label} />
  </span>
);
