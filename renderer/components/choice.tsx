import { Button, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from './icons.ts';

interface Props<V extends string> {
  /** What is chosen, e.g. `Store`. */
  readonly label: string;
  readonly all: string;
  readonly options: readonly { readonly value: V; readonly label: string; readonly note?: string }[];
  readonly value: V | undefined;
  readonly onChange: (value: V | undefined) => void;
  /** Options are sentences. */
  readonly wide?: boolean;
}

/** One filter as a compact menu button: `Store: Main Street ▾`. */
export const Choice = <V extends string>({ label, all, options, value, onChange, wide = false }: Props<V>) => {
  const chosen = options.find((option) => option.value === value);
  return (
    <Menu position="bottom-start" width={wide ? 480 : 240} classNames={{ dropdown: 'br-choice' }}>
      <Menu.Target>
        <Button
          className="br-choice-button"
          rightSection={<IconChevronDown size={14} aria-hidden />}
          data-chosen={value !== undefined}
        >
          {label}: {value === undefined ? all : (chosen?.label ?? value)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          rightSection={value === undefined ? <IconCheck size={14} aria-label="chosen" /> : null}
          onClick={() => onChange(undefined)}
        >
          {all}
        </Menu.Item>
        <Menu.Divider />
        {options.map((option) => (
          <Menu.Item
            key={option.value}
            rightSection={
              option.value === value ? (
                <IconCheck size={14} aria-label="chosen" />
              ) : (
                <span className="br-dim br-num br-choice-note">{option.note}</span>
              )
            }
            onClick={() => onChange(option.value)}
          >
            {option.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};
