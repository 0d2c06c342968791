import type * as api from '../../shared/api.ts';
import { AppError } from '../../shared/errors.ts';
import { privacySealedValues } from '../features/privacy/sealed-values.ts';
import { settingsSealedValues } from '../features/settings/sealed-values.ts';
import { shopSealedValues } from '../features/shops/sealed-values.ts';
import { tunnelSealedValues } from '../features/tunnel/sealed-values.ts';
import type { Leases } from '../platform/lease/lease.ts';
import { noteKeyInUse } from '../platform/vault/key-in-use.ts';
import { rotateSealedValues, type SealedHolder } from '../platform/vault/key-rotation.ts';
import type { Foundation } from './foundation.ts';

/** Everything that the vault seals, in every feature. */
export const sealedHolders: readonly SealedHolder[] = [
  ...shopSealedValues,
  ...settingsSealedValues,
  ...privacySealedValues,
  ...tunnelSealedValues,
];

type Rotation = api.MasterKeyState['rotation'];
const IDLE: Rotation = { phase: 'idle', looked: 0, total: 0, resealed: 0, unreadable: 0 };

/**
 * While there are older master keys, seals everything anew in the background; then has them forgotten where they are kept. With a key of the
 * environment the log says when the older one can go.
 */
export const composeKeyRotation = ({ options, db, vault, clock, log, bus, onClose }: Foundation, leases: Leases) => {
  const { masterKey, keyStore } = options;
  const olderKeys = masterKey.olderKeys ?? [];
  const stop = new AbortController();
  let rotation: Rotation = olderKeys.length === 0 ? IDLE : { ...IDLE, phase: 'running' };
  let running: Promise<void> = Promise.resolve();
  onClose(async () => {
    stop.abort(new Error('the backend is closing'));
    await running;
  });
  const show = (change: Partial<Rotation>): void => {
    rotation = { ...rotation, ...change };
    bus.publish({ topic: 'settings' });
  };
  const rotate = async (): Promise<void> => {
    const result = await rotateSealedValues({
      db,
      vault,
      leases,
      clock,
      log,
      holders: sealedHolders,
      signal: stop.signal,
      onProgress: show,
    });
    if (!result) {
      show({ phase: 'elsewhere' });
      return;
    }
    if (result.unreadable > 0) {
      log.error(
        { unreadable: result.unreadable },
        'some secrets open with no known master key; the older keys are kept',
      );
    } else if (keyStore) {
      keyStore.forgetOlder(masterKey.key);
      log.info('nothing is sealed with an older master key: they are forgotten');
    } else {
      log.info('nothing is sealed with an older master key: it can be removed from the configuration');
    }
    show({ ...result, phase: 'done' });
  };
  return {
    start: (): void => {
      const begin = async (): Promise<void> => {
        await noteKeyInUse({ db, clock, keyId: vault.keyId });
        if (olderKeys.length > 0) await rotate();
      };
      running = begin().catch((error: unknown) => {
        if (stop.signal.aborted) return;
        show({ phase: 'failed' });
        log.error({ err: error }, 'the change of master key stopped; it goes on at the next start');
      });
    },
    view: async (): Promise<api.MasterKeyState> => ({
      source: masterKey.source,
      keyId: vault.keyId,
      inUseSince: await noteKeyInUse({ db, clock, keyId: vault.keyId }),
      canChange: keyStore != null,
      rotation,
    }),
    change: async (): Promise<void> => {
      if (!keyStore) {
        throw new AppError('CONFLICT', 'The master key is set by the environment.', {
          hint: 'Put a new key in BACKROOM_MASTER_KEY and the present one in BACKROOM_MASTER_KEY_PREVIOUS, then restart Backroom.',
        });
      }
      if (rotation.phase === 'running') {
        throw new AppError('CONFLICT', 'The key is being changed already.', {
          hint: 'Wait until everything is sealed with the new one.',
        });
      }
      await keyStore.change();
      log.info('the master key was changed; everything is sealed anew with it');
    },
  };
};
