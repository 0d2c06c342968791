import type { DesktopNews } from '../shared/process-messages.ts';

export type Deadlines = Omit<Extract<DesktopNews, { type: 'deadlines' }>, 'type'>;

const requests = (count: number): string => (count === 1 ? '1 privacy request' : `${count} privacy requests`);

/** The lines of the tray's menu about deadlines, the most pressing first; none when nothing is due within a week. */
export const deadlineLines = ({ due, urgent, overdue }: Deadlines): string[] => {
  const soon = due - urgent - overdue;
  return [
    ...(overdue > 0 ? [`${requests(overdue)} overdue`] : []),
    ...(urgent > 0 ? [`${requests(urgent)} due within 2 days`] : []),
    ...(soon > 0 ? [`${requests(soon)} due within 7 days`] : []),
  ];
};

/** What the tray says when the pointer rests on it. */
export const tooltipOf = (deadlines: Deadlines): string => ['Backroom', ...deadlineLines(deadlines)].join('\n');
