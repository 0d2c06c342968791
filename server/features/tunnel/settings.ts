import { z } from 'zod';
import { TunnelMode } from '../../../shared/api/tunnel.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { FREE_PLAN_REQUESTS } from './usage.ts';

export const TUNNEL_SETTING = 'tunnel';
/** Associated data of the sealed token. */
export const TOKEN_OWNER = 'tunnel.authtoken';

const Saved = z.object({
  /** Null: not chosen yet; a token in the environment switches the tunnel on then. */
  mode: TunnelMode.nullable().default(null),
  sealedToken: z.string().nullable().default(null),
  domain: z.string().nullable().default(null),
  ownUrl: z.string().nullable().default(null),
  /** The address of the last time online: known before the tunnel is up, so that stores are not told another one meanwhile. */
  lastUrl: z.string().nullable().default(null),
  limit: z.number().int().default(FREE_PLAN_REQUESTS),
  keepWebhooks: z.boolean().default(true),
  /** The month (`2026-11`) in which pixels go on although the plan is nearly used up. */
  pixelAnywayMonth: z.string().nullable().default(null),
});
export type SavedTunnel = z.infer<typeof Saved>;

const READ = 'SELECT value FROM settings WHERE key = ?';
const parse = (row: { value: string } | undefined): SavedTunnel => Saved.parse(row ? JSON.parse(row.value) : {});

/** The tunnel's settings, kept in memory and in the table of settings. */
export const createTunnelSettings = async (db: Database, clock: Clock) => {
  let saved = parse((await db.read<{ value: string }>(READ, [TUNNEL_SETTING]))[0]);
  return {
    get: (): SavedTunnel => saved,
    save: async (changes: Partial<SavedTunnel>): Promise<void> => {
      saved = await db.writeStatements(async (connection) => {
        // Read again: a change of the master key may have sealed the token anew since.
        const [row] = await connection.all<{ value: string }>(READ, TUNNEL_SETTING);
        const next = { ...parse(row), ...changes };
        await connection.run(
          `INSERT INTO settings (key, value, updated_at) VALUES (?, ?, ?)
           ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
          TUNNEL_SETTING,
          JSON.stringify(next),
          toIso(clock.now()),
        );
        return next;
      });
    },
  };
};
export type TunnelSettings = Awaited<ReturnType<typeof createTunnelSettings>>;
