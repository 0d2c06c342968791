import { TextInput } from '@mantine/core';

interface Props {
  readonly phrase: string;
  readonly typed: string;
  readonly onType: (text: string) => void;
  /** Its dialog opens with the focus here. */
  readonly isFirst?: boolean;
}

/** The name that has to be typed before something that can't be taken back. Whether it fits is the caller's question. */
export const TypeToConfirm = ({ phrase, typed, onType, isFirst = false }: Props) => (
  <TextInput
    label={
      <>
        Type <strong>{phrase}</strong> to confirm
      </>
    }
    value={typed}
    data-autofocus={isFirst ? true : undefined}
    autoComplete="off"
    spellCheck={false}
    onChange={(event) => onType(event.currentTarget.value)}
  />
);
