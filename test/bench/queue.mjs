import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import { ROOT } from '../../scripts/lib/run.mjs';
import { bundleProgram, median, pragmas, runProgram, temporaryFolder } from './lib.mjs';

const ROUNDS = 3;
const TASKS = 30_000;
/** As many rows a statement and a transaction as the queue itself writes at most. */
const GROUP = 500;

/** Read from the sources, so that the limit can't fall behind them. */
const source = (path) => readFileSync(join(ROOT, path), 'utf8');
const schema = () => {
  const text = source('server/migrations/1795478500000-tasks.ts');
  const statements = text.matchAll(
    /`(CREATE (?:TABLE tasks \(|(?:UNIQUE )?INDEX \w+ ON tasks )[^`]*)`|'(CREATE INDEX \w+ ON tasks [^']*)'/g,
  );
  const found = [...statements].map((match) => match[1] ?? match[2]);
  if (found.length < 5) throw new Error('the table tasks was not found');
  return found;
};

const inputOf = (n) => JSON.stringify({ n, resource: 'products', cursor: `page-${n}` });

/** The same rows and indexes: insert, update and delete each, in groups of the same size, with nothing else running. */
const rawTasks = async () => {
  const folder = temporaryFolder();
  const db = await new Promise((resolve, reject) => {
    const opened = new sqlite3.Database(join(folder.path, 'raw.sqlite'), (error) =>
      error ? reject(error) : resolve(opened),
    );
  });
  const exec = (sql) => new Promise((resolve, reject) => db.exec(sql, (error) => (error ? reject(error) : resolve())));
  for (const pragma of pragmas()) await exec(`PRAGMA ${pragma}`);
  for (const statement of schema()) await exec(statement);
  const now = Date.now();
  // Three forms of the insert were tried; several rows of bound values are the quickest.
  const row = `('bench','bench.noop','','waiting',0,?,?,?)`;
  const insert = db.prepare(
    `INSERT INTO tasks (queue, name, shop, state, priority, due_ms, created_ms, input) VALUES ${Array.from({ length: GROUP }, () => row).join(',')}`,
  );
  const update = db.prepare(
    `UPDATE tasks SET state = 'done', attempts = 1, started_ms = ?, finished_ms = ? WHERE seq IN (SELECT value FROM json_each(?))`,
  );
  const remove = db.prepare('DELETE FROM tasks WHERE seq IN (SELECT value FROM json_each(?))');
  const run = (statement, params) =>
    new Promise((resolve, reject) => statement.run(params, (error) => (error ? reject(error) : resolve())));
  const groups = Array.from({ length: TASKS / GROUP }, (_, group) => ({
    values: Array.from({ length: GROUP }, (__, n) => [now, now, inputOf(group * GROUP + n)]).flat(),
    ids: JSON.stringify(Array.from({ length: GROUP }, (__, n) => group * GROUP + n + 1)),
  }));
  const started = performance.now();
  for (const step of [
    ({ values }) => run(insert, values),
    ({ ids }) => run(update, [now, now, ids]),
    ({ ids }) => run(remove, [ids]),
  ]) {
    for (const group of groups) {
      await exec('BEGIN IMMEDIATE');
      await step(group);
      await exec('COMMIT');
    }
  }
  const perSecond = TASKS / ((performance.now() - started) / 1000);
  for (const statement of [insert, update, remove]) await new Promise((resolve) => statement.finalize(resolve));
  await new Promise((resolve) => db.close(resolve));
  folder.remove();
  return perSecond;
};

/** Tasks per second, added one by one, run and done, each durable; the limit writes just as many rows. */
export const queue = async () => {
  const { file, remove } = await bundleProgram('queue-load');
  const values = [];
  const limits = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    values.push((await runProgram(file, [String(TASKS)])).perSecond);
    limits.push(await rawTasks());
  }
  remove();
  const value = median(values);
  const limit = median(limits);
  return { name: 'queue', value, limit, ratio: value / limit, unit: 'tasks/s' };
};
