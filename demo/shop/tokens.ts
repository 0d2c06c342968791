import { createHmac, timingSafeEqual } from 'node:crypto';
import { maskToScopes, scopesToMask } from './scopes.ts';

/**
 * Access and refresh tokens that carry what they stand for (shop, scopes, time), with a check sum. A console that was connected
 * to the stand-in yesterday stays connected today, although the stand-in keeps nothing on disk.
 */
export type TokenKind = 'static' | 'offline' | 'refresh' | 'client';

export interface TokenClaims {
  readonly kind: TokenKind;
  /** Place of the shop in the stand-in's list. */
  readonly shop: number;
  readonly scopes: readonly string[];
  /** Epoch seconds. */
  readonly issuedAt: number;
  /** Tells tokens of the same second apart. */
  readonly sequence: number;
}

const KINDS: readonly TokenKind[] = ['static', 'offline', 'refresh', 'client'];
const PREFIX = { static: 'shpat_', offline: 'shpat_', refresh: 'shprt_', client: 'shpat_' } as const;
const CLAIM_BYTES = 10;
const MAC_BYTES = 6;

const macOf = (key: string, claims: Buffer): Buffer =>
  createHmac('sha256', key).update('demo-token').update(claims).digest().subarray(0, MAC_BYTES);

export const writeToken = (key: string, claims: TokenClaims): string => {
  const bytes = Buffer.alloc(CLAIM_BYTES);
  bytes.writeUInt8((KINDS.indexOf(claims.kind) << 4) | (claims.shop & 0xf), 0);
  bytes.writeUIntBE(scopesToMask(claims.scopes), 1, 3);
  bytes.writeUInt32BE(claims.issuedAt >>> 0, 4);
  bytes.writeUInt16BE(claims.sequence & 0xffff, 8);
  return `${PREFIX[claims.kind]}${Buffer.concat([bytes, macOf(key, bytes)]).toString('hex')}`;
};

/** Null when this stand-in did not make the token. */
export const readToken = (key: string, token: string): TokenClaims | null => {
  const match = /^(shpat_|shprt_)([0-9a-f]{32})$/.exec(token);
  if (!match) return null;
  const bytes = Buffer.from(match[2] ?? '', 'hex');
  const claims = bytes.subarray(0, CLAIM_BYTES);
  if (!timingSafeEqual(macOf(key, claims), bytes.subarray(CLAIM_BYTES))) return null;
  const kind = KINDS[claims.readUInt8(0) >> 4];
  if (!kind || PREFIX[kind] !== match[1]) return null;
  return {
    kind,
    shop: claims.readUInt8(0) & 0xf,
    scopes: maskToScopes(claims.readUIntBE(1, 3)),
    issuedAt: claims.readUInt32BE(4),
    sequence: claims.readUInt16BE(8),
  };
};

/** Whether `left` was made before `right`. */
export const isOlder = (left: TokenClaims, right: TokenClaims): boolean =>
  left.issuedAt !== right.issuedAt ? left.issuedAt < right.issuedAt : left.sequence < right.sequence;
