import { sealedColumn } from '../../platform/vault/key-rotation.ts';
import { TOKEN_OWNER, TUNNEL_SETTING } from './settings.ts';

/** The authtoken within the tunnel's settings. */
export const tunnelSealedValues = [
  sealedColumn({
    table: 'settings',
    key: 'key',
    column: 'value',
    where: `key = '${TUNNEL_SETTING}'`,
    owner: () => TOKEN_OWNER,
    read: (text) => JSON.parse(text).sealedToken ?? null,
    write: (text, sealedToken) => JSON.stringify({ ...JSON.parse(text), sealedToken }),
  }),
];
