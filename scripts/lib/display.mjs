import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * An Xvfb on a free number, `size` in pixels as `WIDTHxHEIGHT`. Resolves with its environment and an end.
 * No window manager runs there, so that a window has the size it asks for.
 */
export const startDisplay = (size) =>
  new Promise((resolve, reject) => {
    // Xvfb chooses a free number itself and writes it to the file descriptor once it serves.
    const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    server.once('error', (error) =>
      reject(new Error(`Xvfb could not be started: ${error.message} (Debian: apt-get install xvfb)`)),
    );
    server.once('exit', (code) => reject(new Error(`Xvfb ended with code ${code}`)));
    createInterface({ input: server.stdio[3] }).once('line', (number) => {
      resolve({ env: { DISPLAY: `:${number.trim()}` }, close: () => server.kill() });
    });
  });

/** A display for the tests: the one that is there, or an Xvfb of our own. */
export const provideDisplay = async () =>
  process.platform !== 'linux' || process.env.DISPLAY ? { env: {}, close: () => undefined } : startDisplay('1440x900');
