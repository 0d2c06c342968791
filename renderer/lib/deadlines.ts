import type { PrivacySummary } from '../../shared/api.ts';
import { deadlineWords } from '../../shared/deadlines.ts';
import { plural } from './format.ts';

type Deadline = PrivacySummary['deadlines'][number];

/** A deadline is told of once at each step: within 7 days, within 2, and when it has passed. */
const stepOf = ({ id, urgency }: Deadline): string => `${id} ${urgency}`;

/** What to tell now, and what is told then. Steps of requests that are answered are forgotten. */
export const newDeadlines = (
  deadlines: readonly Deadline[],
  told: readonly string[],
): { fresh: Deadline[]; told: string[] } => ({
  fresh: deadlines.filter((deadline) => !told.includes(stepOf(deadline))),
  told: deadlines.map(stepOf),
});

export const deadlineNotice = (fresh: readonly Deadline[]): { title: string; body: string } | null => {
  const [first] = fresh;
  if (!first) return null;
  if (fresh.length === 1)
    return {
      title: `Privacy request ${first.number}: ${deadlineWords(first.daysLeft)}`,
      body: 'Open Privacy to answer it.',
    };
  return {
    title: `${plural(fresh.length, 'privacy request')} with a near deadline`,
    body: `The first, request ${first.number}: ${deadlineWords(first.daysLeft)}.`,
  };
};
