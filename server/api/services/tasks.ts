import type * as api from '../../../shared/api.ts';
import type { In, Out } from '../io.ts';

export interface TasksApi {
  overview(): Out<typeof api.TaskOverview>;
  list(input: In<typeof api.TaskListInput>): Out<typeof api.TaskPage>;
  get(id: string): Out<typeof api.TaskDetail>;
  retry(id: string): Promise<{ id: string }>;
  cancel(id: string): Promise<{ cancelled: boolean }>;
  runNow(id: string): Promise<{ due: boolean }>;
  hold(id: string): Promise<{ held: boolean }>;
  release(id: string): Promise<{ released: boolean }>;
  countFor(input: In<typeof api.TaskBulkInput>): Promise<{ count: number }>;
  bulk(input: In<typeof api.TaskBulkInput>): Promise<{ changed: number }>;
  pause(input: In<typeof api.QueuePauseInput>): Promise<{ paused: true }>;
  resume(queue: string): Promise<{ resumed: true }>;
  schedules(): Promise<{ items: api.ScheduleView[] }>;
  runSchedule(key: string): Promise<{ id: string }>;
  setScheduleEnabled(key: string, enabled: boolean): Promise<{ enabled: boolean }>;
  rates(input: In<typeof api.TaskRatesInput>): Out<typeof api.TaskRates>;
}
