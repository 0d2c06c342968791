import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

/** Source of ids and secrets. Injected so that tests are deterministic. */
export interface Ids {
  /** UUIDv7 (RFC 9562): sortable by time, so it is kind to indexes. */
  uuid(): string;
  /** `bytes` of randomness as base64url: tickets, states, keys. */
  secret(bytes: number): string;
}

export const createIds = (clock: Clock, random: (size: number) => Buffer = randomBytes): Ids => ({
  uuid: () => {
    const bytes = random(16);
    bytes.writeUIntBE(clock.now(), 0, 6);
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = bytes.toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  },
  secret: (bytes) => random(bytes).toString('base64url'),
});
