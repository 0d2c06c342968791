import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ScheduleView, TaskDetail, TaskOverview, TaskPage } from '../../shared/api.ts';
import { type Harness, startHarness } from './harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ byToken: true, demo: { products: 5 } });
});
afterAll(async () => {
  await harness.close();
});

const post = { method: 'POST', body: '{}' };

describe('the task monitor', () => {
  it('shows queues, schedules and metrics', async () => {
    const overview = (await harness.api<TaskOverview>('/tasks/overview')).body;
    expect(overview.queues.map(({ queue }) => queue)).toContain('maintenance');
    const schedules = (await harness.api<{ items: ScheduleView[] }>('/tasks/schedules')).body.items;
    expect(schedules.find(({ key }) => key === 'maintenance.retention')).toMatchObject({
      enabled: true,
      timeZone: 'UTC',
    });
    const metrics = await fetch(`${harness.app.privateUrl}/metrics`, {
      headers: { authorization: 'Bearer test-admin-key-0123456789' },
    });
    expect(await metrics.text()).toContain('# TYPE backroom_tasks gauge');
  });

  it('runs retention when told to, and keeps its steps, log and result', async () => {
    const { id } = await harness.app.services.tasks.runSchedule('maintenance.retention');
    const detail = await vi.waitFor(async () => {
      const { body } = await harness.api<TaskDetail>(`/tasks/${id}`);
      expect(body.state).toBe('done');
      return body;
    });
    expect(detail.attemptsMade).toMatchObject([{ attempt: 1, outcome: 'done' }]);
    expect(detail.logs.map(({ message }) => message)).toContain('connection attempts: 0 rows removed');
    expect(detail.chain).toMatchObject([{ kind: 'task', id, isSelf: true }]);
    const again = await harness.api<{ id: string }>(`/tasks/${id}/retry`, post);
    const page = (await harness.api<TaskPage>('/tasks?name=maintenance.retention')).body;
    expect(page.items.map((row) => row.id)).toEqual([again.body.id, id]);
    await vi.waitFor(async () =>
      expect((await harness.api<TaskDetail>(`/tasks/${again.body.id}`)).body.state).toBe('done'),
    );
  });

  it('shows what a task led to: the look for changes, a task for each resource, the sync that each made', async () => {
    await harness.storeWhen((store) => store.syncs.every(({ phase }) => phase === 'done'));
    const { id } = await harness.app.services.tasks.runSchedule('sync.reconcile');
    await vi.waitFor(
      async () => {
        const { chain } = (await harness.api<TaskDetail>(`/tasks/${id}`)).body;
        expect(chain.map(({ kind, depth, state }) => `${kind} ${depth} ${state}`)).toEqual([
          'task 0 done',
          ...Array.from({ length: 3 }, () => ['task 1 done', 'sync 2 done']).flat(),
        ]);
        expect(chain.find(({ kind }) => kind === 'sync')?.label).toMatch(/^\w+: \d+ new, \d+ changed, \d+ deleted$/);
      },
      { timeout: 15_000, interval: 50 },
    );
  });

  it('pauses a queue with a reason, counts and cancels by filter, and resumes', async () => {
    const reason = { method: 'POST', body: JSON.stringify({ reason: 'The disk is being changed.' }) };
    expect((await harness.api('/tasks/queues/maintenance/pause', reason)).status).toBe(200);
    const { id } = await harness.app.services.tasks.runSchedule('maintenance.retention');
    const input = { action: 'cancel', filter: { queue: 'maintenance' } } as const;
    expect(await harness.app.services.tasks.countFor(input)).toEqual({ count: 1 });
    expect((await harness.api<TaskOverview>('/tasks/overview')).body).toMatchObject({ waiting: 1 });
    expect(await harness.app.services.tasks.bulk(input)).toEqual({ changed: 1 });
    expect((await harness.api<TaskDetail>(`/tasks/${id}`)).body.state).toBe('cancelled');
    expect((await harness.api('/tasks/queues/maintenance/resume', post)).status).toBe(200);
    expect((await harness.api('/tasks/999999')).status).toBe(404);
  });

  it('pauses what a filter shows, leaves it out of “run now”, and resumes it', async () => {
    const { tasks } = harness.app.services;
    await tasks.pause({ queue: 'maintenance', reason: 'So that it still waits.' });
    const { id } = await tasks.runSchedule('maintenance.retention');
    const filter = { name: 'maintenance.retention' };
    expect(await tasks.countFor({ action: 'hold', filter })).toEqual({ count: 1 });
    expect(await tasks.bulk({ action: 'hold', filter })).toEqual({ changed: 1 });
    expect(await tasks.get(id)).toMatchObject({ state: 'delayed', isHeld: true });
    expect(await tasks.countFor({ action: 'hold', filter })).toEqual({ count: 0 });
    expect(await tasks.bulk({ action: 'runNow', filter })).toEqual({ changed: 0 });
    await tasks.resume('maintenance');
    expect((await harness.api(`/tasks/${id}`)).body).toMatchObject({ state: 'delayed', isHeld: true });
    expect(await tasks.bulk({ action: 'release', filter })).toEqual({ changed: 1 });
    await vi.waitFor(async () => expect(await tasks.get(id)).toMatchObject({ state: 'done', isHeld: false }));
  });
});
