import { privacySealedValues } from '../features/privacy/sealed-values.ts';
import { settingsSealedValues } from '../features/settings/sealed-values.ts';
import { shopSealedValues } from '../features/shops/sealed-values.ts';
import { tunnelSealedValues } from '../features/tunnel/sealed-values.ts';
import type { Leases } from '../platform/lease/lease.ts';
import { rotateSealedValues, type SealedHolder } from '../platform/vault/key-rotation.ts';
import { dropOlderKeys } from '../platform/vault/master-key.ts';
import type { Foundation } from './foundation.ts';

/** Everything that the vault seals, in every feature. */
export const sealedHolders: readonly SealedHolder[] = [
  ...shopSealedValues,
  ...settingsSealedValues,
  ...privacySealedValues,
  ...tunnelSealedValues,
];

/**
 * While there are older master keys, seals everything anew in the background; then takes them out of the key file. With a key of the
 * environment the log says when the older one can go.
 */
export const composeKeyRotation = ({ options, config, db, vault, clock, log, onClose }: Foundation, leases: Leases) => {
  const stop = new AbortController();
  let running: Promise<void> = Promise.resolve();
  onClose(async () => {
    stop.abort(new Error('the backend is closing'));
    await running;
  });
  const rotate = async (): Promise<void> => {
    const result = await rotateSealedValues({
      db,
      vault,
      leases,
      clock,
      log,
      holders: sealedHolders,
      signal: stop.signal,
    });
    if (!result) return;
    if (result.unreadable > 0) {
      log.error(
        { unreadable: result.unreadable },
        'some secrets open with no known master key; the older keys are kept',
      );
    } else if (options.masterKey.source === 'key-file' && options.desktop === null) {
      dropOlderKeys(config.dataDir, options.masterKey.key);
      log.info('the older master keys were removed from the key file');
    } else {
      log.info('nothing is sealed with an older master key: it can be removed from the configuration');
    }
  };
  return {
    start: (): void => {
      if ((options.masterKey.olderKeys ?? []).length === 0) return;
      running = rotate().catch((error: unknown) => {
        if (!stop.signal.aborted)
          log.error({ err: error }, 'the change of master key stopped; it goes on at the next start');
      });
    },
  };
};
