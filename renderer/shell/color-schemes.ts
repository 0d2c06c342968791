import { IconDeviceDesktop, IconMoon, IconSun } from '../components/icons.ts';

export const COLOR_SCHEMES = [
  { value: 'auto', label: 'System', icon: IconDeviceDesktop },
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
] as const;
