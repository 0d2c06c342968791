import { holderWithoutPeople } from '../../platform/personal-data.ts';

/** Settings are the operator's own. */
export const settingsPersonalData = holderWithoutPeople({
  name: 'settings',
  tables: [{ table: 'settings', holds: 'nothing', why: 'The app’s own settings and sealed credentials.' }],
  eraseShop: async () => [],
});
