import { holderWithoutPeople } from '../../platform/personal-data.ts';

export const tunnelPersonalData = holderWithoutPeople({
  name: 'tunnel',
  tables: [{ table: 'tunnel_usage', holds: 'nothing', why: 'How many requests came through the tunnel in a month.' }],
  eraseShop: async () => [],
});
