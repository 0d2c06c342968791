import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { describeError } from '../api/errors.ts';
import { TypeToConfirm } from './type-to-confirm.tsx';

interface Props {
  readonly title: string;
  readonly children: ReactNode;
  readonly action: string;
  /** What must be typed before it can be done; for what can't be taken back. */
  readonly phrase?: string;
  /** A text that is asked for, with its label. */
  readonly ask?: { readonly label: string; readonly hint?: string; readonly least: number; readonly long?: boolean };
  readonly danger?: boolean;
  readonly pending: boolean;
  readonly error: unknown;
  readonly onConfirm: (text: string) => void;
  readonly onClose: () => void;
}

/** Asks before something happens that matters: why, and by name. */
export const ConfirmDialog = (props: Props) => {
  const [text, setText] = useState('');
  const [typed, setTyped] = useState('');
  const failed = props.error === null ? null : describeError(props.error);
  const complete =
    (props.ask === undefined || text.trim().length >= props.ask.least) &&
    (props.phrase === undefined || typed.trim().toLowerCase() === props.phrase.toLowerCase());
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (complete && !props.pending) props.onConfirm(text.trim());
  };
  const AskInput = props.ask?.long === false ? TextInput : Textarea;
  return (
    <Modal opened onClose={props.onClose} title={props.title} size={460}>
      <form className="br-form" onSubmit={submit} noValidate data-testid="privacy-confirm">
        <div>{props.children}</div>
        {props.ask !== undefined && (
          <AskInput
            label={props.ask.label}
            description={props.ask.hint}
            value={text}
            data-autofocus
            autoComplete="off"
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        {props.phrase !== undefined && (
          <TypeToConfirm phrase={props.phrase} typed={typed} onType={setTyped} isFirst={props.ask === undefined} />
        )}
        {failed !== null && (
          <div className="br-note" data-tone="bad" role="alert">
            {failed.message} {failed.hint}
          </div>
        )}
        <div className="br-form-actions">
          <Button onClick={props.onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="filled"
            {...(props.danger ? { color: 'red.9' } : {})}
            loading={props.pending}
            disabled={!complete}
          >
            {props.action}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
