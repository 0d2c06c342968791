import { sealedColumn } from '../../platform/vault/key-rotation.ts';
import { ROOT_KEY_SETTING } from '../../platform/vault/open-vault.ts';
import { ENVIRONMENT_SECRET_SETTING } from './environment-secret.ts';
import { PREVIOUS_SECRET_SETTING } from './previous-secrets.ts';
import { CREDENTIALS_SETTING } from './service.ts';

/** The app's client secrets, the saved one, the environment's and those before them, and the root of the derived keys. */
export const settingsSealedValues = [
  sealedColumn({
    table: 'settings',
    key: 'key',
    column: 'value',
    where: `(key IN ('${CREDENTIALS_SETTING}', '${ENVIRONMENT_SECRET_SETTING}') OR key LIKE '${PREVIOUS_SECRET_SETTING}%')`,
    owner: (key) => key,
    read: (text) => JSON.parse(text).sealedSecret ?? null,
    write: (text, sealedSecret) => JSON.stringify({ ...JSON.parse(text), sealedSecret }),
  }),
  sealedColumn({
    table: 'settings',
    key: 'key',
    column: 'value',
    where: `key = '${ROOT_KEY_SETTING}'`,
    owner: (key) => key,
    read: (text) => JSON.parse(text),
    write: (_text, sealed) => JSON.stringify(sealed),
  }),
];
