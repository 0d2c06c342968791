import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  /** PEM of the authority, to be trusted by the agent. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

const openssl = (cwd: string, args: readonly string[]): void => {
  execFileSync('openssl', args, { cwd, stdio: 'pipe' });
};

/** A certificate for 127.0.0.1 and localhost, signed by an authority made for this one run. */
export const makeCertificate = (): Certificate => {
  const folder = mkdtempSync(join(tmpdir(), 'backroom-edge-'));
  const newKey = (name: string): string[] => [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-keyout',
    `${name}.key`,
  ];
  try {
    openssl(folder, [
      ...['req', '-x509', ...newKey('ca'), '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Edge stand-in authority'],
      ...['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
    ]);
    openssl(folder, ['req', ...newKey('edge'), '-out', 'edge.csr', '-subj', '/CN=localhost']);
    writeFileSync(
      join(folder, 'edge.ext'),
      'basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\nsubjectAltName=DNS:localhost,IP:127.0.0.1\n',
    );
    openssl(folder, [
      ...['x509', '-req', '-in', 'edge.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'],
      ...['-out', 'edge.pem', '-days', '2', '-extfile', 'edge.ext'],
    ]);
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    return { ca: read('ca.pem'), cert: read('edge.pem'), key: read('edge.key') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
