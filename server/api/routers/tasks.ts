import { z } from 'zod';
import * as api from '../../../shared/api.ts';
import { procedure, router } from '../trpc.ts';

const openapi = (method: 'GET' | 'POST', path: `/${string}`, summary: string) => ({
  openapi: { method, path, tags: ['tasks'], summary },
});
const Queue = z.object({ queue: z.string().max(100) });
const Key = z.object({ key: z.string().max(200) });

export const tasksRouter = router({
  overview: procedure
    .meta(openapi('GET', '/tasks/overview', 'Queues, workers and what they run'))
    .input(z.void())
    .output(api.TaskOverview)
    .query(({ ctx }) => ctx.services.tasks.overview()),
  list: procedure
    .meta(openapi('GET', '/tasks', 'Background tasks, newest first'))
    .input(api.TaskListInput)
    .output(api.TaskPage)
    .query(({ ctx, input }) => ctx.services.tasks.list(input)),
  retry: procedure
    .meta(openapi('POST', '/tasks/{id}/retry', 'Run a task that ended again, as a new task'))
    .input(api.TaskIdInput)
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => ctx.services.tasks.retry(input.id)),
  cancel: procedure
    .meta(openapi('POST', '/tasks/{id}/cancel', 'End a waiting task, or stop a running one'))
    .input(api.TaskIdInput)
    .output(z.object({ cancelled: z.boolean() }))
    .mutation(({ ctx, input }) => ctx.services.tasks.cancel(input.id)),
  runNow: procedure
    .meta(openapi('POST', '/tasks/{id}/run-now', 'Make a delayed task due'))
    .input(api.TaskIdInput)
    .output(z.object({ due: z.boolean() }))
    .mutation(({ ctx, input }) => ctx.services.tasks.runNow(input.id)),
  hold: procedure
    .meta(openapi('POST', '/tasks/{id}/hold', 'Hold a waiting task back until it is released'))
    .input(api.TaskIdInput)
    .output(z.object({ held: z.boolean() }))
    .mutation(({ ctx, input }) => ctx.services.tasks.hold(input.id)),
  release: procedure
    .meta(openapi('POST', '/tasks/{id}/release', 'Let a held task go on'))
    .input(api.TaskIdInput)
    .output(z.object({ released: z.boolean() }))
    .mutation(({ ctx, input }) => ctx.services.tasks.release(input.id)),
  /** What `bulk` with the same input would touch. */
  countFor: procedure
    .input(api.TaskBulkInput)
    .output(z.object({ count: z.number().int() }))
    .query(({ ctx, input }) => ctx.services.tasks.countFor(input)),
  bulk: procedure
    .input(api.TaskBulkInput)
    .output(z.object({ changed: z.number().int() }))
    .mutation(({ ctx, input }) => ctx.services.tasks.bulk(input)),
  pause: procedure
    .meta(openapi('POST', '/tasks/queues/{queue}/pause', 'Start no more tasks of a queue'))
    .input(api.QueuePauseInput)
    .output(z.object({ paused: z.literal(true) }))
    .mutation(({ ctx, input }) => ctx.services.tasks.pause(input)),
  resume: procedure
    .meta(openapi('POST', '/tasks/queues/{queue}/resume', 'Let a paused queue go on'))
    .input(Queue)
    .output(z.object({ resumed: z.literal(true) }))
    .mutation(({ ctx, input }) => ctx.services.tasks.resume(input.queue)),
  schedules: procedure
    .meta(openapi('GET', '/tasks/schedules', 'Recurring tasks with their next run'))
    .input(z.void())
    .output(z.object({ items: z.array(api.ScheduleView) }))
    .query(({ ctx }) => ctx.services.tasks.schedules()),
  runSchedule: procedure
    .input(Key)
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => ctx.services.tasks.runSchedule(input.key)),
  setScheduleEnabled: procedure
    .input(Key.extend({ enabled: z.boolean() }))
    .output(z.object({ enabled: z.boolean() }))
    .mutation(({ ctx, input }) => ctx.services.tasks.setScheduleEnabled(input.key, input.enabled)),
  rates: procedure
    .meta(openapi('GET', '/tasks/rates', 'Attempts by time, and run times by task'))
    .input(api.TaskRatesInput)
    .output(api.TaskRates)
    .query(({ ctx, input }) => ctx.services.tasks.rates(input)),
  /** Last: its path would take `/tasks/rates` and the like. */
  get: procedure
    .meta(openapi('GET', '/tasks/{id}', 'One task with its attempts, log and chain'))
    .input(api.TaskIdInput)
    .output(api.TaskDetail)
    .query(({ ctx, input }) => ctx.services.tasks.get(input.id)),
});
