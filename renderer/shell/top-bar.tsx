import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { trpc } from '../api/trpc.ts';
import { IconCheck, IconDeviceDesktop, IconFlask, IconMoon, IconSun } from '../components/icons.ts';

export const COLOR_SCHEMES = [
  { value: 'auto', label: 'System', icon: IconDeviceDesktop },
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
] as const;

const ColorSchemeMenu = () => {
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

export const TopBar = ({ title }: { readonly title: string }) => {
  const { data: status } = useQuery(trpc.system.status.queryOptions());
  return (
    <header className="br-top">
      <h1>{title}</h1>
      <div className="br-spacer" />
      {status?.demo === true && (
        <span
          className="br-demo"
          data-testid="demo-label"
          title="The built-in stand-in store, with made-up products, orders and traffic"
        >
          <IconFlask size={14} aria-hidden />
          Demo store: invented data
        </span>
      )}
      <ColorSchemeMenu />
    </header>
  );
};
