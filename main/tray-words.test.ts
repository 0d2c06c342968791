import { expect, it } from 'vitest';
import { deadlineLines, tooltipOf } from './tray-words.ts';

it.each([
  [{ due: 0, urgent: 0, overdue: 0 }, []],
  [{ due: 1, urgent: 0, overdue: 0 }, ['1 privacy request due within 7 days']],
  [
    { due: 6, urgent: 2, overdue: 1 },
    ['1 privacy request overdue', '2 privacy requests due within 2 days', '3 privacy requests due within 7 days'],
  ],
])('%j', (deadlines, lines) => {
  expect(deadlineLines(deadlines)).toEqual(lines);
  expect(tooltipOf(deadlines)).toBe(['Backroom', ...lines].join('\n'));
});
