// `npm run package`: the desktop app as it is shipped, as a folder (`release/linux-unpacked` on Linux).
// With `--installers`: the installers of electron-builder.yml for this system instead.
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { readElectronRuntime } from './electron-runtime.mjs';
import { ROOT, say } from './lib/run.mjs';

const { values } = parseArgs({ options: { installers: { type: 'boolean', default: false } } });

/** Where Electron's download is out of reach, the folder is made from the runtime that set-up found; installers never are. */
const carriedRuntime = () => {
  const runtime = readElectronRuntime();
  if (runtime?.source !== 'carried') return {};
  if (values.installers)
    throw new Error('Installers need the Electron that package.json declares, and it could not be downloaded.');
  say(`package: with Electron ${runtime.version} instead of the declared one; this is no release`);
  return {
    electronDist: dirname(runtime.executablePath),
    electronVersion: runtime.version,
    // The loader that leads to the checkout has no place in a package.
    afterExtract: async ({ appOutDir }) =>
      rmSync(join(appOutDir, 'resources', 'app'), { recursive: true, force: true }),
  };
};

const { build } = await import('electron-builder');
const carried = carriedRuntime();
await build({
  projectDir: ROOT,
  dir: !values.installers,
  publish: 'never',
  config: {
    extends: join(ROOT, 'electron-builder.yml'),
    ...carried,
  },
});
