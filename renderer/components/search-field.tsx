import { CloseButton, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { IconSearch } from './icons.ts';
import { Kbd } from './kbd.tsx';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly delay?: number;
}

/** Search as you type: the text shows at once, the search follows when the typing pauses. */
export const SearchField = ({ label, value, onChange, delay = 180 }: Props) => {
  const [text, setText] = useState(value);
  const sent = useRef(value);

  // Back and forward change the address without typing.
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);

  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      onChange(text);
    }, delay);
    return () => clearTimeout(timer);
  }, [delay, onChange, text]);

  return (
    <TextInput
      data-search-field
      type="search"
      aria-label={label}
      placeholder={label}
      classNames={{ root: 'br-search' }}
      value={text}
      maxLength={200}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={
        text === '' ? <Kbd>/</Kbd> : <CloseButton size="xs" aria-label="Clear the search" onClick={() => setText('')} />
      }
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        if (text === '') event.currentTarget.blur();
        else setText('');
      }}
    />
  );
};
