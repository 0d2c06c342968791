import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A display for the tests: the one that is there, or an Xvfb of our own on a free number. Resolves with its environment and an end. */
export const provideDisplay = () =>
  new Promise((resolve, reject) => {
    if (process.platform !== 'linux' || process.env.DISPLAY) {
      resolve({ env: {}, close: () => undefined });
      return;
    }
    // Xvfb chooses a free number itself and writes it to the file descriptor once it serves.
    const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
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
