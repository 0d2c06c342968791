import { useMutation } from '@tanstack/react-query';
import { notify, notifyError } from '../../api/notify.ts';
import { queryClient, trpc } from '../../api/trpc.ts';
import { plural } from '../../lib/format.ts';

const refresh = (): Promise<void> => queryClient.invalidateQueries(trpc.tasks.pathFilter());

/** What can be done to tasks, queues and schedules; each says how it went. */
export const useRetryTask = (onNew: (id: string) => void) =>
  useMutation(
    trpc.tasks.retry.mutationOptions({
      onSuccess: async ({ id }) => {
        notify('Runs again', `As task ${id}, with the same arguments.`);
        onNew(id);
        await refresh();
      },
      onError: (error) => notifyError('The task could not be run again', error),
    }),
  );

export const useCancelTask = () =>
  useMutation(
    trpc.tasks.cancel.mutationOptions({
      onSuccess: async ({ cancelled }) => {
        notify(cancelled ? 'Task cancelled' : 'The task had ended already');
        await refresh();
      },
      onError: (error) => notifyError('The task could not be cancelled', error),
    }),
  );

export const useRunTaskNow = () =>
  useMutation(
    trpc.tasks.runNow.mutationOptions({
      onSuccess: refresh,
      onError: (error) => notifyError('The task could not be started', error),
    }),
  );

export const useHoldTask = () =>
  useMutation(
    trpc.tasks.hold.mutationOptions({
      onSuccess: async ({ held }) => {
        notify(held ? 'Task paused' : 'The task had begun already');
        await refresh();
      },
      onError: (error) => notifyError('The task could not be paused', error),
    }),
  );

export const useReleaseTask = () =>
  useMutation(
    trpc.tasks.release.mutationOptions({
      onSuccess: refresh,
      onError: (error) => notifyError('The task could not be resumed', error),
    }),
  );

const BULK_WORD = {
  retry: 'run again',
  cancel: 'cancelled',
  runNow: 'made due',
  hold: 'paused',
  release: 'resumed',
} as const;
export const useBulkTasks = (onDone: () => void) =>
  useMutation(
    trpc.tasks.bulk.mutationOptions({
      onSuccess: async ({ changed }, { action }) => {
        notify(`${plural(changed, 'task')} ${BULK_WORD[action]}`);
        onDone();
        await refresh();
      },
      onError: (error) => notifyError('Not all tasks could be changed', error),
    }),
  );

export const usePauseQueue = (onDone: () => void) =>
  useMutation(
    trpc.tasks.pause.mutationOptions({
      onSuccess: async (_done, { queue }) => {
        notify(`Queue ${queue} is paused`, 'What runs already goes on.');
        onDone();
        await refresh();
      },
      onError: (error) => notifyError('The queue could not be paused', error),
    }),
  );

export const useResumeQueue = () =>
  useMutation(
    trpc.tasks.resume.mutationOptions({
      onSuccess: refresh,
      onError: (error) => notifyError('The queue could not be resumed', error),
    }),
  );

export const useRunSchedule = () =>
  useMutation(
    trpc.tasks.runSchedule.mutationOptions({
      onSuccess: async ({ id }) => {
        notify('Started', `As task ${id}.`);
        await refresh();
      },
      onError: (error) => notifyError('The task could not be started', error),
    }),
  );

export const useSetScheduleEnabled = () =>
  useMutation(
    trpc.tasks.setScheduleEnabled.mutationOptions({
      onSuccess: refresh,
      onError: (error) => notifyError('The schedule could not be changed', error),
    }),
  );
