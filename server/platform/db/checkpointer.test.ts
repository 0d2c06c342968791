import { expect, test } from 'vitest';
import { type CheckpointResult, createCheckpointer } from './checkpointer.ts';

/** A checkpointer whose looks end when the test says so. */
const open = () => {
  const looks: { tell: (log: number) => void; fail: (error: Error) => void }[] = [];
  const turns: number[] = [];
  const failed: unknown[] = [];
  const checkpointer = createCheckpointer({
    beside: () =>
      new Promise<CheckpointResult>((resolve, reject) => {
        looks.push({ tell: (log) => resolve({ busy: 0, log, checkpointed: log }), fail: reject });
      }),
    inTurn: async () => turns.push(looks.length),
    onFailed: (error) => failed.push(error),
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { checkpointer, looks, turns, failed, settled };
};

test('the log is looked at after half a second of the writer’s work, however many turns that were', () => {
  const { checkpointer, looks } = open();
  for (let turn = 0; turn < 49; turn += 1) checkpointer.worked(10);
  expect(looks).toHaveLength(0);
  checkpointer.worked(10);
  expect(looks).toHaveLength(1);
});

test('only a full log takes a turn of the writer', async () => {
  const { checkpointer, looks, turns, settled } = open();
  checkpointer.worked(500);
  looks[0]?.tell(7999);
  await settled();
  expect(turns).toEqual([]);
  checkpointer.worked(500);
  looks[1]?.tell(8000);
  await settled();
  expect(turns).toEqual([2]);
});

test('one look at a time, and what was written meanwhile counts for the next only from its end', async () => {
  const { checkpointer, looks, settled } = open();
  checkpointer.worked(500);
  checkpointer.worked(5000);
  expect(looks).toHaveLength(1);
  looks[0]?.tell(1);
  await settled();
  checkpointer.worked(499);
  expect(looks).toHaveLength(1);
  checkpointer.worked(1);
  expect(looks).toHaveLength(2);
});

test('a failure is told, and the next look is made all the same', async () => {
  const { checkpointer, looks, turns, failed, settled } = open();
  checkpointer.worked(500);
  const full = new Error('SQLITE_FULL');
  looks[0]?.fail(full);
  await settled();
  expect(failed).toEqual([full]);
  expect(turns).toEqual([]);
  await checkpointer.idle();
  checkpointer.worked(500);
  expect(looks).toHaveLength(2);
});

test('idle waits for the look that runs; stopped, it begins none and takes no turn', async () => {
  const { checkpointer, looks, turns, settled } = open();
  checkpointer.worked(500);
  let isIdle = false;
  const idle = checkpointer.idle().then(() => {
    isIdle = true;
  });
  await settled();
  expect(isIdle).toBe(false);
  checkpointer.stop();
  looks[0]?.tell(9000);
  await idle;
  await settled();
  expect(turns).toEqual([]);
  checkpointer.worked(500);
  expect(looks).toHaveLength(1);
});
