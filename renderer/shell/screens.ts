import type { Icon } from '../components/icon-type.ts';
import {
  IconBuildingStore,
  IconCreditCard,
  IconHome,
  IconListCheck,
  IconPackage,
  IconPointer,
  IconReceipt,
  IconSettings,
  IconShieldLock,
  IconUsers,
  IconWebhook,
} from '../components/icons.ts';

export interface Screen {
  readonly path:
    | '/'
    | '/stores'
    | '/products'
    | '/orders'
    | '/transactions'
    | '/customers'
    | '/webhooks'
    | '/pixel'
    | '/privacy'
    | '/tasks'
    | '/settings';
  readonly label: string;
  readonly icon: Icon;
  /** Second key after `g`. */
  readonly key: string;
}

export const SCREENS: readonly Screen[] = [
  { path: '/', label: 'Overview', icon: IconHome, key: 'o' },
  { path: '/stores', label: 'Stores', icon: IconBuildingStore, key: 's' },
  { path: '/products', label: 'Products', icon: IconPackage, key: 'p' },
  { path: '/orders', label: 'Orders', icon: IconReceipt, key: 'r' },
  { path: '/transactions', label: 'Transactions', icon: IconCreditCard, key: 'm' },
  { path: '/customers', label: 'Customers', icon: IconUsers, key: 'c' },
  { path: '/webhooks', label: 'Webhooks', icon: IconWebhook, key: 'w' },
  { path: '/pixel', label: 'Pixel', icon: IconPointer, key: 'x' },
  { path: '/privacy', label: 'Privacy', icon: IconShieldLock, key: 'v' },
  { path: '/tasks', label: 'Tasks', icon: IconListCheck, key: 't' },
  { path: '/settings', label: 'Settings', icon: IconSettings, key: ',' },
];

export const screenOf = (pathname: string): Screen | undefined => SCREENS.find((screen) => screen.path === pathname);
