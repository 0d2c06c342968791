import { holderWithoutPeople } from '../../platform/personal-data.ts';

/** The tables of the platform itself. */
export const systemPersonalData = holderWithoutPeople({
  name: 'system',
  tables: [
    { table: 'counters', holds: 'shop', why: 'Running totals by store.' },
    { table: 'console_sessions', holds: 'nothing', why: 'Hashes of the operator’s own login sessions.' },
    {
      table: 'leases',
      holds: 'nothing',
      why: 'Which process does what; a name may hold a store’s domain for two minutes.',
    },
    { table: 'migrations', holds: 'nothing', why: 'Which changes of schema were applied.' },
  ],
  eraseShop: async (shop, { db }) => {
    const rows = await db.writeStatements((connection) => connection.run('DELETE FROM counters WHERE shop = ?', shop));
    return [{ table: 'counters', rows, how: 'deleted' }];
  },
});
