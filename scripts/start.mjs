// `npm start`: the desktop window where there is a display and an Electron runtime, else the console headless, for a browser.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readElectronRuntime } from './electron-runtime.mjs';
import { ROOT, say } from './lib/run.mjs';

const hasDisplay = () =>
  process.platform !== 'linux' ||
  [process.env.DISPLAY, process.env.WAYLAND_DISPLAY].some((name) => name !== undefined && name !== '');

/** Ctrl-C reaches the whole process group by itself; what is sent to this process alone has to be passed on. */
const followChild = (child) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => {
    say(`could not be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.once('close', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)));
};

const startDesktop = ({ executablePath, args, version }) => {
  say(`opening the desktop window (Electron ${version})`);
  // Chromium refuses to run as root with its sandbox, as in a container; an ordinary user always has the sandbox.
  const sandbox = process.platform === 'linux' && process.getuid() === 0 ? ['--no-sandbox'] : [];
  const { ELECTRON_RUN_AS_NODE: _unused, ...env } = process.env;
  followChild(
    spawn(executablePath, [...args, ...sandbox, ...process.argv.slice(2)], { cwd: ROOT, env, stdio: 'inherit' }),
  );
};

const parse = (line) => {
  try {
    const value = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

/** The backend's JSON lines, for a person: addresses and trouble; the rest is for machines (`npm run serve`). */
const show = (line) => {
  const entry = parse(line);
  if (entry === null) process.stdout.write(`${line}\n`);
  else if (entry.event === 'login')
    process.stdout.write(`\nConsole: ${entry.url}\n(the link works once; stop with Ctrl-C)\n\n`);
  else if (entry.event === 'ready') process.stdout.write(`Public door: ${entry.public}\n`);
  else if (['warn', 'error', 'fatal'].includes(entry.level)) {
    process.stdout.write(`${entry.level}: ${entry.msg}${entry.hint === undefined ? '' : ` ${entry.hint}`}\n`);
  }
};

const startHeadless = (why) => {
  say(`${why}: serving the console to a browser instead`);
  const env = { ...process.env, BACKROOM_DEMO: process.env.BACKROOM_DEMO ?? 'auto', BACKROOM_PRINT_LOGIN: '1' };
  const child = spawn(process.execPath, [join(ROOT, 'dist/server/index.mjs')], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  createInterface({ input: child.stdout }).on('line', show);
  followChild(child);
};

const runtime = readElectronRuntime();
if (!hasDisplay()) startHeadless('no display');
else if (runtime === null) startHeadless('no Electron runtime');
else startDesktop(runtime);
