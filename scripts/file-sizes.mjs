import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** A file over the first size is a room to split; over the second, it fails. Generated code is exempt. */
const ASK = 400;
const FAIL = 600;

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--', '*.ts', '*.tsx', '*.mjs', '*.css'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(file) && !/(^|\/)generated\//.test(file));
const sizes = files
  .map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length - 1 }))
  .filter(({ lines }) => lines > ASK)
  .sort((a, b) => b.lines - a.lines);

for (const { file, lines } of sizes)
  process.stdout.write(`${lines > FAIL ? 'too long' : 'long'}: ${file} has ${lines} lines\n`);
if (sizes.some(({ lines }) => lines > FAIL)) process.exitCode = 1;
else process.stdout.write(`${files.length} files, none over ${FAIL} lines\n`);
