import { pixelPersonalData } from '../features/pixel/personal-data.ts';
import { resourcesPersonalData } from '../features/resources/personal-data.ts';
import { settingsPersonalData } from '../features/settings/personal-data.ts';
import { shopsPersonalData } from '../features/shops/personal-data.ts';
import { systemPersonalData } from '../features/system/personal-data.ts';
import { tasksPersonalData } from '../features/tasks/personal-data.ts';
import { tunnelPersonalData } from '../features/tunnel/personal-data.ts';
import { webhooksPersonalData } from '../features/webhooks/personal-data.ts';
import type { PersonalDataHolder } from '../platform/personal-data.ts';

/** Every holder, in the order in which a store's rows may go: what refers to a store before the store itself. */
export const personalDataHolders: readonly PersonalDataHolder[] = [
  tasksPersonalData,
  webhooksPersonalData,
  pixelPersonalData,
  resourcesPersonalData,
  settingsPersonalData,
  systemPersonalData,
  tunnelPersonalData,
  shopsPersonalData,
];
