import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Secrets at rest: AES-256-GCM (NIST SP 800-38D), a fresh 96-bit nonce each time. The owner (the shop) is associated data, so a
 * ciphertext moved to another shop's row does not open. Format: `v1.<key id>.<nonce>.<tag>.<ciphertext>`, base64url parts.
 */
export interface Vault {
  /** The key that seals. */
  readonly keyId: string;
  seal(plaintext: string, owner: string): string;
  /** @throws VaultError when the key, the owner or the text does not fit. */
  open(sealed: string, owner: string): string;
  /** The text that every value sealed with the current key begins with. */
  readonly currentPrefix: string;
  /** A key of 32 bytes for one purpose (HKDF, RFC 5869): the same each time, and of no use for another purpose. */
  deriveKey(purpose: string): Buffer;
}

export class VaultError extends Error {
  override readonly name = 'VaultError';
}

const VERSION = 'v1';
const readKey = (base64: string): { id: string; key: Buffer } => {
  const key = Buffer.from(base64, 'base64');
  if (key.length !== 32) throw new VaultError('the master key must be 32 bytes in base64');
  return { id: createHash('sha256').update(key).digest('base64url').slice(0, 8), key };
};

/**
 * @param options.olderKeys master keys before this one: they open, but never seal
 * @param options.rootKey what other keys are derived from, when it is not this master key; see `openVault`
 */
export const createVault = (
  masterKeyBase64: string,
  options: { olderKeys?: readonly string[]; rootKey?: string } = {},
): Vault => {
  const current = readKey(masterKeyBase64);
  const keys = new Map([...(options.olderKeys ?? []).map(readKey), current].map(({ id, key }) => [id, key]));
  const root = options.rootKey === undefined ? current.key : readKey(options.rootKey).key;
  return {
    keyId: current.id,
    currentPrefix: `${VERSION}.${current.id}.`,
    deriveKey: (purpose) => Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), `backroom/${purpose}`, 32)),
    seal: (plaintext, owner) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', current.key, nonce);
      cipher.setAAD(Buffer.from(owner));
      const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
      return [
        VERSION,
        current.id,
        nonce.toString('base64url'),
        cipher.getAuthTag().toString('base64url'),
        body.toString('base64url'),
      ].join('.');
    },
    open: (sealed, owner) => {
      const [version, sealedWith, nonce, tag, body] = sealed.split('.');
      if (version !== VERSION || !sealedWith || !nonce || !tag || body === undefined)
        throw new VaultError('not a sealed value');
      const key = keys.get(sealedWith);
      if (!key) throw new VaultError(`sealed with another master key (${sealedWith}; this one is ${current.id})`);
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), { authTagLength: 16 });
        decipher.setAAD(Buffer.from(owner));
        decipher.setAuthTag(Buffer.from(tag, 'base64url'));
        return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new VaultError('the sealed value was changed, or belongs to another owner', { cause });
      }
    },
  };
};
