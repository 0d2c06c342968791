import { expect, it } from 'vitest';
import { listEnd } from './list-words.ts';

const tasks = (total: number | null, isFiltered = false) => listEnd({ total, one: 'task', many: 'tasks', isFiltered });

it('a list’s end says of how many it is the end, and whether filters hide others', () => {
  expect(tasks(1312)).toBe('All 1,312 tasks are shown');
  expect(tasks(312, true)).toBe('All 312 tasks with these filters are shown');
  expect(tasks(1)).toBe('The only task');
  expect(tasks(1, true)).toBe('The only task with these filters');
  expect(tasks(null)).toBe('The end of the tasks');
});
