import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { trpc } from '../api/trpc.ts';
import { deadlineNotice, newDeadlines } from '../lib/deadlines.ts';
import { isDesktop } from '../lib/desktop-bridge.ts';

const warn = (error: unknown): void => console.warn('A desktop notification failed.', error);
/** Kept across starts, so that the same deadline is not told again each morning. Ids and steps only. */
const TOLD = 'backroom.deadlines-told';

const readTold = (): string[] => (localStorage.getItem(TOLD) ?? '').split('\n').filter((line) => line !== '');

/** Tells of privacy deadlines that come near outside of the window, once at each step. */
export const DeadlineNotice = () => {
  const navigate = useNavigate();
  const { data } = useQuery({ ...trpc.privacy.summary.queryOptions(), enabled: isDesktop() });
  useEffect(() => {
    if (data === undefined) return;
    const { fresh, told } = newDeadlines(data.deadlines, readTold());
    localStorage.setItem(TOLD, told.join('\n'));
    const notice = deadlineNotice(fresh);
    if (notice === null) return;
    const shown = new Notification(notice.title, { body: notice.body, tag: 'privacy-deadlines' });
    shown.onclick = () => {
      window.focus();
      navigate({ to: '/privacy' }).catch(warn);
    };
  }, [data, navigate]);
  return null;
};
