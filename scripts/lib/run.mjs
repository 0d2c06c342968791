import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, whatever the current directory is. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Set-up talks on stderr, so that `npm run serve` and `npm run demo-store` keep stdout for their JSON lines. */
export const say = (text) => process.stderr.write(`[backroom] ${text}\n`);

/**
 * Runs a program to its end; its output goes to stderr, or is collected with `quiet`.
 * Resolves with the exit code (null when it could not be started or was ended by a signal) and never rejects.
 */
export const run = (command, args, { quiet = false, onStart, ...options } = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ['ignore', quiet ? 'pipe' : process.stderr, quiet ? 'pipe' : process.stderr],
      ...options,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8');
      stream?.on('data', (text) => {
        output = (output + text).slice(-20_000);
      });
    }
    const stop = onStart?.(child);
    child.once('error', (error) => {
      stop?.();
      resolve({ code: null, output: output + error.message });
    });
    child.once('close', (code) => {
      stop?.();
      resolve({ code, output });
    });
  });

/** npm, the one that started this script when there is one. On Windows `npm` is a .cmd file, which needs a shell. */
export const npm = (args, options) => {
  const script = process.env.npm_execpath;
  if (script !== undefined && /npm-cli\.c?js$/.test(script)) return run(process.execPath, [script, ...args], options);
  return run('npm', args, { shell: process.platform === 'win32', ...options });
};

/** The last line with text in a program's output: usually the one that says what went wrong. */
export const lastLine = (output) => output.trim().split('\n').at(-1)?.trim() ?? '';
