import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { queryClient, trpc } from '../api/trpc.ts';
import { isDesktop } from '../lib/desktop-bridge.ts';
import { createFailureDigest, type Digest, type FailureDigest } from '../lib/failure-digest.ts';

const warn = (error: unknown): void => console.warn('A desktop notification failed.', error);

/** Watches for tasks that fail for good, on every screen of the desktop app, and tells of them outside of the window. */
export const FailedTaskNotice = () => {
  const navigate = useNavigate();
  const { data } = useQuery({
    ...trpc.tasks.list.queryOptions({ state: 'failed', limit: 1 }),
    enabled: isDesktop(),
  });
  const digest = useRef<FailureDigest | null>(null);

  useEffect(() => {
    const show = ({ title, body, taskId }: Digest): void => {
      const notice = new Notification(title, { body, tag: 'failed-tasks' });
      notice.onclick = () => {
        window.focus();
        navigate({ to: '/tasks', search: { state: 'failed', ...(taskId === null ? {} : { id: taskId }) } }).catch(warn);
      };
    };
    const made = createFailureDigest({
      show,
      countSince: async (id) => {
        const page = await queryClient.fetchQuery(trpc.tasks.list.queryOptions({ state: 'failed', limit: 200 }));
        return page.items.filter((task) => Number(task.id) > Number(id)).length;
      },
      schedule: (work, ms) => {
        const timer = setTimeout(work, ms);
        return () => clearTimeout(timer);
      },
      onError: warn,
    });
    digest.current = made;
    return () => made.stop();
  }, [navigate]);

  useEffect(() => {
    if (data === undefined) return;
    const [newest] = data.items;
    digest.current?.seen(
      newest === undefined ? null : { id: newest.id, name: newest.name, message: newest.problem?.message ?? '' },
    );
  }, [data]);
  return null;
};
