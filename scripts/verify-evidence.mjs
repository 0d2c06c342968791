import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sqlite3 from 'sqlite3';

/**
 * Checks the privacy evidence without Backroom: an exported JSON report, or the database of a data folder. It shares no code with the
 * program on purpose: an auditor can read these lines and know what was checked. Exit code 0: whole; 1: not; 2: can't tell.
 */
const usage = 'usage: npm run verify-evidence -- REPORT.json | --data FOLDER';

const hashOf = ({ seq, at, kind, shop, request_id: requestId, facts, previous }) =>
  createHash('sha256')
    .update(JSON.stringify([seq, at, kind, shop, requestId, facts, previous]))
    .digest('hex');

const masterKeyOf = (folder) => {
  if (process.env.BACKROOM_MASTER_KEY) return process.env.BACKROOM_MASTER_KEY;
  const file = join(folder, 'master.key');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
};

const readDatabase = (folder) =>
  new Promise((resolve, reject) => {
    const file = join(folder, 'backroom.sqlite');
    const db = new sqlite3.Database(file, sqlite3.OPEN_READONLY, (failure) => {
      if (failure) return reject(new Error(`${file} can't be opened: ${failure.message}`));
      db.all('SELECT * FROM privacy_evidence ORDER BY seq', (error, rows) =>
        db.close(() => (error ? reject(error) : resolve(rows))),
      );
    });
  });

/** What is wrong with the first entry that does not fit, or null. */
const problemOf = (entries, sealKey) => {
  let previous = '0'.repeat(64);
  for (const [index, entry] of entries.entries()) {
    if (entry.seq !== index + 1) return `entry ${index + 1} is missing`;
    if (entry.previous !== previous) return `entry ${entry.seq} does not follow from the one before it`;
    if (entry.hash !== hashOf(entry)) return `entry ${entry.seq} was changed after it was written`;
    const seal = sealKey && createHmac('sha256', sealKey).update(entry.hash).digest('base64url');
    if (seal && entry.seal !== seal) return `entry ${entry.seq} was not written by this installation`;
    previous = entry.hash;
  }
  return null;
};

const load = async ([first, folder]) => {
  if (first === '--data' && folder) {
    const masterKey = masterKeyOf(folder);
    const key =
      masterKey &&
      hkdfSync('sha256', Buffer.from(masterKey, 'base64'), Buffer.alloc(0), 'backroom/privacy-evidence', 32);
    return { entries: await readDatabase(folder), sealKey: key ? Buffer.from(key) : null };
  }
  if (!first || first.startsWith('--')) throw new Error(usage);
  return { entries: JSON.parse(readFileSync(first, 'utf8')).entries, sealKey: null };
};

try {
  const { entries, sealKey } = await load(process.argv.slice(2));
  const problem = problemOf(entries, sealKey);
  if (problem === null) {
    const seals = sealKey
      ? ' Seals checked with the installation’s key.'
      : ' Seals not checked: that needs the installation’s key.';
    console.log(`The evidence is whole: ${entries.length} entries, none changed, none missing.${seals}`);
    console.log(`Hash of the last entry: ${entries.at(-1)?.hash ?? 'none'}`);
  } else {
    console.error(`The evidence is not whole: ${problem}.`);
    process.exitCode = 1;
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
