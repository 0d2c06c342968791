import { describe, expect, it } from 'vitest';
import { deadlineWords } from '../../shared/deadlines.ts';
import { deadlineNotice, newDeadlines } from './deadlines.ts';

describe('a deadline in words', () => {
  it.each([
    [30, '30 days left'],
    [1, '1 day left'],
    [0, 'due now'],
    [-1, '1 day overdue'],
  ])('%i is “%s”', (days, words) => expect(deadlineWords(days)).toBe(words));
});

describe('a notice of deadlines', () => {
  const soon = { id: 'a', number: 3, daysLeft: 7, urgency: 'soon' } as const;
  it('is given once at each step', () => {
    const first = newDeadlines([soon], []);
    expect(first.fresh).toEqual([soon]);
    expect(newDeadlines([{ ...soon, daysLeft: 6 }], first.told).fresh).toEqual([]);
    expect(newDeadlines([{ ...soon, daysLeft: 2, urgency: 'urgent' }], first.told).fresh).toHaveLength(1);
  });

  it('says which request, or how many', () => {
    expect(deadlineNotice([])).toBeNull();
    expect(deadlineNotice([soon])?.title).toBe('Privacy request 3: 7 days left');
    expect(deadlineNotice([soon, { ...soon, id: 'b' }])?.title).toBe('2 privacy requests with a near deadline');
  });
});
