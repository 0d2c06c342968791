import { createPayloadTable, deleteShopRows } from '../../platform/payload-table.ts';
import type { PersonalDataHolder } from '../../platform/personal-data.ts';

const tasks = createPayloadTable({
  table: 'tasks',
  why: 'A task’s arguments, result and error may name a person.',
  heading: 'Background work that named you',
  shop: 'shop',
  texts: ['input', 'result', 'problem'],
  columns: ['name', 'queue', 'state', 'created_ms', 'finished_ms'],
  // The task stays as a fact; a task about somebody who is erased has nothing left to do.
  erase: 'anonymise',
});
const attempts = createPayloadTable({
  table: 'task_attempts',
  why: 'What an attempt failed with; a message may quote a record.',
  heading: 'Background work that failed and named you',
  shop: 'shop',
  texts: ['message', 'hint', 'stack'],
  columns: ['task', 'attempt', 'class', 'code'],
  erase: 'anonymise',
});
const logs = createPayloadTable({
  table: 'task_logs',
  why: 'Lines that tasks log; they should name no person, and are searched all the same.',
  heading: 'Notes of background work that named you',
  shop: 'shop',
  texts: ['message', 'fields'],
  columns: ['task', 'at_ms'],
  erase: 'delete',
});
const payloads = [logs, attempts, tasks];

/** The task queue's tables. */
export const tasksPersonalData: PersonalDataHolder = {
  name: 'tasks',
  tables: [
    ...payloads.map(({ declaration }) => declaration),
    { table: 'task_schedules', holds: 'shop', why: 'Recurring tasks, some of one store.' },
    {
      table: 'task_queues',
      holds: 'nothing',
      why: 'Counts of tasks by queue and state, and whether a queue is paused.',
    },
    { table: 'task_workers', holds: 'nothing', why: 'Which processes run tasks.' },
    { table: 'task_rates', holds: 'nothing', why: 'How many tasks of a name ran in a minute, and how long.' },
  ],
  find: async function* (person, context) {
    for (const table of payloads) yield* table.find(person, context);
  },
  erase: async (person, context) => {
    const erased = [];
    for (const table of payloads) erased.push(await table.erase(person, context));
    return erased;
  },
  eraseShop: async (shop, context) => {
    const erased = [];
    for (const table of [logs, attempts]) erased.push(await table.eraseShop(shop, context));
    erased.push(await deleteShopRows('task_schedules', shop, context));
    // Tasks that wait or run still count in their queues: those are ended, not deleted under their worker's hands.
    const rows = await context.db.writeStatements(async (connection) => {
      const counts = await connection.all<{ queue: string; state: string; rows: number }>(
        `SELECT queue, state, count(*) AS rows FROM tasks WHERE shop = ? AND state <> 'active' GROUP BY queue, state`,
        shop,
      );
      for (const { queue, state, rows } of counts)
        await connection.run(`UPDATE task_queues SET ${state} = ${state} - ? WHERE queue = ?`, rows, queue);
      return connection.run(`DELETE FROM tasks WHERE shop = ? AND state <> 'active'`, shop);
    });
    return [...erased, { table: 'tasks', rows, how: 'deleted' }];
  },
  mentions: async function* (context) {
    for (const table of payloads) yield* table.mentions(context);
  },
};
