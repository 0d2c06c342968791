import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { notify } from '../api/notify.ts';
import { trpc } from '../api/trpc.ts';
import { deadlineNotice, newDeadlines } from '../lib/deadlines.ts';

/** Kept across starts, so that the same deadline is not told again each morning. Ids and steps only. */
const TOLD = 'backroom.deadlines-told';

const readTold = (): string[] => (localStorage.getItem(TOLD) ?? '').split('\n').filter((line) => line !== '');

/** Tells in the console of privacy deadlines that come near, once at each step; the desktop app says it outside of the window too. */
export const DeadlineNotice = () => {
  const { data } = useQuery(trpc.privacy.summary.queryOptions());
  useEffect(() => {
    if (data === undefined) return;
    const { fresh, told } = newDeadlines(data.deadlines, readTold());
    localStorage.setItem(TOLD, told.join('\n'));
    const notice = deadlineNotice(fresh);
    if (notice !== null) notify(notice.title, notice.body);
  }, [data]);
  return null;
};
