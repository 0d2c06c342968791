import '../../api/zod-without-eval.ts';
import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { notifyError } from '../../api/notify.ts';
import { trpc } from '../../api/trpc.ts';

interface Props {
  readonly id: string;
  readonly name: string | null;
  readonly onClose: () => void;
}

export const BookmarkDialog = ({ id, name, onClose }: Props) => {
  const [text, setText] = useState(name ?? '');
  const save = useMutation(
    trpc.webhooks.bookmark.mutationOptions({
      onSuccess: onClose,
      onError: (error) => notifyError('The bookmark could not be saved', error),
    }),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '') save.mutate({ id, name: text.trim() });
  };
  return (
    <Modal opened onClose={onClose} title="Bookmark" size={400}>
      <form className="br-form" onSubmit={submit}>
        <TextInput
          label="Name"
          description="A bookmarked delivery is kept when old ones are removed."
          value={text}
          maxLength={100}
          data-autofocus
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className="br-form-actions">
          {name !== null && (
            <Button loading={save.isPending} onClick={() => save.mutate({ id, name: null })}>
              Remove the bookmark
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" loading={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
};
