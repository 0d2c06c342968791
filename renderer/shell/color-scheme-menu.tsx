import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { IconCheck } from '../components/icons.ts';
import { COLOR_SCHEMES } from './color-schemes.ts';

export const ColorSchemeMenu = () => {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const current = COLOR_SCHEMES.find(({ value }) => value === colorScheme) ?? COLOR_SCHEMES[0];
  const CurrentIcon = current.icon;
  return (
    <Menu position="bottom-end" width={160}>
      <Menu.Target>
        <ActionIcon size={28} aria-label={`Colour scheme: ${current.label}`} title="Colour scheme">
          <CurrentIcon size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {COLOR_SCHEMES.map(({ value, label, icon: SchemeIcon }) => (
          <Menu.Item
            key={value}
            leftSection={<SchemeIcon size={16} aria-hidden />}
            rightSection={value === colorScheme ? <IconCheck size={14} aria-label="chosen" /> : null}
            onClick={() => setColorScheme(value)}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};
