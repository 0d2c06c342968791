const days = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`;

/** `9 days left`, `due now`, `2 days overdue`. */
export const deadlineWords = (daysLeft: number): string => {
  if (daysLeft < 0) return `${days(-daysLeft)} overdue`;
  return daysLeft === 0 ? 'due now' : `${days(daysLeft)} left`;
};
