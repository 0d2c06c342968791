import { expect, it } from 'vitest';
import { createRunner } from './runner.ts';

/** A runner of apps that are only counted; each `start` waits until the test lets it go on. */
const setUp = () => {
  const events: string[] = [];
  const failures: unknown[] = [];
  let started = 0;
  let running = 0;
  let mostRunning = 0;
  let restart = (): void => undefined;
  const runner = createRunner({
    start: async (onRestartNeeded) => {
      restart = onRestartNeeded;
      started += 1;
      running += 1;
      mostRunning = Math.max(mostRunning, running);
      const name = `app ${started}`;
      events.push(`${name} starts`);
      return {
        recheckNetwork: () => events.push(`${name} rechecks`),
        close: async () => {
          running -= 1;
          events.push(`${name} closes`);
        },
      };
    },
    onStarted: () => events.push('started'),
    onRestart: () => undefined,
    onFailed: (error) => failures.push(error),
  });
  return { runner, events, failures, restart: () => restart(), mostRunning: () => mostRunning };
};

it('two reasons to start anew at once never leave two apps on the same data', async () => {
  const { runner, events, restart, mostRunning } = setUp();
  await runner.start();
  restart();
  restart();
  await runner.idle();
  expect(mostRunning()).toBe(1);
  expect(events).toEqual(['app 1 starts', 'started', 'app 1 closes', 'app 2 starts', 'started']);
});

it('a reason that comes while the app is being closed is met by the start that follows', async () => {
  const { runner, restart, mostRunning, events } = setUp();
  await runner.start();
  restart();
  await Promise.resolve();
  restart();
  await runner.idle();
  expect(mostRunning()).toBe(1);
  expect(events.filter((event) => event === 'started').length).toBeGreaterThanOrEqual(2);
  expect(events.at(-1)).toBe('started');
});

it('a stop that comes while it starts anew ends what was started, and nothing starts after it', async () => {
  const { runner, events, restart } = setUp();
  await runner.start();
  restart();
  await runner.stop();
  restart();
  await runner.idle();
  expect(events.at(-1)).toBe('app 2 closes');
});

it('an app that can’t be composed is told, once', async () => {
  const failures: unknown[] = [];
  const broken = new Error('the port is taken');
  let starts = 0;
  let restart = (): void => undefined;
  const runner = createRunner({
    start: async (onRestartNeeded) => {
      restart = onRestartNeeded;
      starts += 1;
      if (starts > 1) throw broken;
      return { recheckNetwork: () => undefined, close: async () => undefined };
    },
    onStarted: () => undefined,
    onRestart: () => undefined,
    onFailed: (error) => failures.push(error),
  });
  await runner.start();
  restart();
  await runner.idle();
  expect(failures).toEqual([broken]);
});
