import { createHash } from 'node:crypto';

/** Where the master key is kept, as far as the running backend may change it there. */
export interface KeyStore {
  /**
   * Makes a new key, puts it before the present one, and has the backend composed anew with both. Resolves once the new key is kept.
   * @throws AppError when it could not be kept; nothing has changed then
   */
  change(): Promise<void>;
  /** Forgets the keys before this one. */
  forgetOlder(current: string): void;
}

/** Names a key without telling it. */
export const keyDigest = (keyBase64: string): string =>
  createHash('sha256').update(Buffer.from(keyBase64, 'base64')).digest('base64url');
