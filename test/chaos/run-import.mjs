import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { startBackend } from './backend-process.mjs';
import { compareWithTruth, read } from './import-check.mjs';

const POLL_MS = 100;
const KEYS = { admin: 'chaos-admin-key-0123456789', master: Buffer.alloc(32, 7).toString('base64') };
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Memory of a process as the system counts it, in MB. */
const residentMb = (pid) => {
  const status = `/proc/${pid}/status`;
  const kilobytes = existsSync(status)
    ? /VmRSS:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1]
    : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(kilobytes) / 1024;
};

const STATES = `SELECT resource, phase, operation_id AS operation, byte_offset AS byte, lines, rows, imported_at AS importedAt FROM sync_states`;

const isOpen = ({ operation, importedAt, phase }) => operation !== null && importedAt === null && phase !== 'indexing';

/**
 * Imports the whole of a stand-in of `roots` products, orders and customers through the real client and bulk files, killing the backend
 * `rounds` times on the way, then compares every row. @throws Error that says what is not as it should be
 */
export const runImport = async ({ file, dataDir, demo, roots, rounds, log = () => undefined }) => {
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 100) / 10;
  const resumed = [];
  let peakMb = 0;
  let kills = 0;
  let backend = await startBackend({ file, dataDir, demo, keys: KEYS });
  const states = () => read(dataDir, STATES);
  try {
    for (let loggedAt = 0; ; ) {
      await sleep(POLL_MS);
      const mb = residentMb(backend.pid);
      peakMb = Math.max(peakMb, mb);
      const now = await states();
      const rows = now.reduce((sum, state) => sum + state.rows, 0);
      if (seconds() - loggedAt >= 15) {
        loggedAt = seconds();
        log(
          `${loggedAt} s: ${rows} of ${roots} rows, ${Math.round(mb)} MB; ${now.map((s) => `${s.resource} ${s.phase} ${s.rows}`).join(', ')}`,
        );
      }
      if (now.length === 3 && now.every(({ phase }) => phase === 'done')) break;
      const failed = now.find(({ phase }) => phase === 'failed');
      if (failed) throw new Error(`${failed.resource} failed after ${seconds()} s`);
      // While a file is made or read; the points are spread over the whole import.
      const isAmidst = now.some(isOpen);
      if (kills >= rounds || !isAmidst || rows < (roots * (kills + 1)) / (rounds + 1)) continue;
      await backend.kill();
      const before = await states();
      backend = await startBackend({ file, dataDir, demo, keys: KEYS });
      // Its file may have ended between the look and the kill, which then proves nothing.
      if (!before.some(isOpen)) continue;
      kills += 1;
      resumed.push(...(await afterKill(before, states)));
      log(`${seconds()} s: killed ${kills} of ${rounds}`);
    }
    const importedIn = seconds();
    await backend.stop();
    const counts = await compareWithTruth(dataDir, demo);
    const [{ integrity }] = await read(dataDir, 'SELECT integrity_check AS integrity FROM pragma_integrity_check');
    if (integrity !== 'ok') throw new Error(`the database is damaged: ${integrity}`);
    return { seconds: importedIn, kills, resumed, peakMb: Math.round(peakMb), counts };
  } finally {
    await backend.stop();
  }
};

/**
 * The files that were being read are gone on with: the same operation, at the line where it was or behind it. Of those it waits for one: the
 * others may have their turn only when that one is done, and the next kill should not wait for that.
 */
const afterKill = async (before, states) => {
  const open = before.filter(isOpen);
  const seen = [];
  for (let tries = 0; open.length > 0 && seen.length === 0; tries += 1) {
    if (tries > 12_000) throw new Error('the import did not go on within 20 minutes');
    for (const was of open) {
      const is = (await states()).find(({ resource }) => resource === was.resource);
      const isThrough = is.importedAt !== null || is.phase === 'indexing';
      // Without an operation it is between the end of its file and the word that it is done.
      if (is.operation === null && !isThrough) continue;
      if (!isThrough && (is.operation !== was.operation || is.byte < was.byte))
        throw new Error(`${was.resource} began anew: line ${is.lines} after ${was.lines}`);
      if (isThrough || is.byte > was.byte) seen.push({ resource: was.resource, line: was.lines });
    }
    await sleep(100);
  }
  return seen;
};
