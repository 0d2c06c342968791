import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What may be in no log line of a whole test run. The tests plant all of it; the redactor is not asked. */
const FORBIDDEN = [
  ['an access token', /\bshp[a-z]{2}_[A-Za-z0-9_-]{8,}/],
  ['a bearer key', /\bBearer\s+[A-Za-z0-9._~+/=-]{16,}/],
  ['an e-mail address', /[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z.]{2,}/],
  ['a planted secret', /planted-(client-secret|ticket|code)-[0-9a-f]+/],
  ['the admin key of the tests', /test-admin-key-0123456789/],
  ['a one-time link', /[?&](ticket|token|code|hmac)=(?!\[secret\])[A-Za-z0-9_-]{8,}/],
];

/** Searches every line that was kept. `findings` name what was found and where, never the line itself. */
export const checkLogs = (folder) => {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  let lines = 0;
  const findings = [];
  for (const file of files) {
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .forEach((line, index) => {
        if (line === '') return;
        lines += 1;
        for (const [what, pattern] of FORBIDDEN)
          if (pattern.test(line)) findings.push(`${what} in line ${index + 1} of ${file}`);
      });
  }
  return { lines, findings };
};

/** The check as a result among the others: a run that kept no line has shown nothing, so it fails. */
export const readLogs = (folder) => {
  const { lines, findings } = checkLogs(folder);
  const problems = findings.slice(0, 20).map((finding) => `the logs of the run hold ${finding}`);
  if (lines === 0) problems.push('the run kept no log line to search');
  return { passed: problems.length === 0 ? 1 : 0, failed: problems.length === 0 ? 0 : 1, skipped: [], problems };
};
