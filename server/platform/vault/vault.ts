import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Secrets at rest: AES-256-GCM (NIST SP 800-38D), a fresh 96-bit nonce each time. The owner (the shop) is associated data, so a
 * ciphertext moved to another shop's row does not open. Format: `v1.<key id>.<nonce>.<tag>.<ciphertext>`, base64url parts.
 */
export interface Vault {
  readonly keyId: string;
  seal(plaintext: string, owner: string): string;
  /** @throws VaultError when the key, the owner or the text does not fit. */
  open(sealed: string, owner: string): string;
  /** A key of 32 bytes for one purpose (HKDF, RFC 5869): the same each time, and of no use for another purpose. */
  deriveKey(purpose: string): Buffer;
}

export class VaultError extends Error {
  override readonly name = 'VaultError';
}

export const createVault = (masterKeyBase64: string): Vault => {
  const key = Buffer.from(masterKeyBase64, 'base64');
  if (key.length !== 32) throw new VaultError('the master key must be 32 bytes in base64');
  const keyId = createHash('sha256').update(key).digest('base64url').slice(0, 8);
  return {
    keyId,
    deriveKey: (purpose) => Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `backroom/${purpose}`, 32)),
    seal: (plaintext, owner) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      cipher.setAAD(Buffer.from(owner));
      const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
      return [
        'v1',
        keyId,
        nonce.toString('base64url'),
        cipher.getAuthTag().toString('base64url'),
        body.toString('base64url'),
      ].join('.');
    },
    open: (sealed, owner) => {
      const [version, sealedWith, nonce, tag, body] = sealed.split('.');
      if (version !== 'v1' || !nonce || !tag || body === undefined) throw new VaultError('not a sealed value');
      if (sealedWith !== keyId)
        throw new VaultError(`sealed with another master key (${sealedWith}; this one is ${keyId})`);
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
