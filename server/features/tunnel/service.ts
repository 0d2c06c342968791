import type * as api from '../../../shared/api/tunnel.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Clock } from '../../platform/clock.ts';
import type { EventBus } from '../../platform/events/bus.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Redactor } from '../../platform/log/redact.ts';
import type { TunnelAgent } from '../../platform/tunnel/agent.ts';
import type { createSelfCheck } from '../../platform/tunnel/self-check.ts';
import { createTunnel } from '../../platform/tunnel/tunnel.ts';
import type { Vault } from '../../platform/vault/vault.ts';
import { TOKEN_OWNER, type TunnelSettings } from './settings.ts';
import type { UsageMeter } from './usage.ts';

export interface TunnelEnvironment {
  readonly token: string | undefined;
  readonly domain: string | undefined;
  readonly ownUrl: string | undefined;
}

/** What the settings come to: the environment wins over what is saved. */
const resolve = (env: TunnelEnvironment, settings: TunnelSettings, vault: Vault) => {
  const saved = settings.get();
  const token = env.token ?? (saved.sealedToken === null ? null : vault.open(saved.sealedToken, TOKEN_OWNER));
  const ownUrl = env.ownUrl === undefined ? saved.ownUrl : new URL(env.ownUrl).origin;
  const chosen: api.TunnelMode = saved.mode ?? (env.token === undefined ? 'off' : 'ngrok');
  return {
    token,
    domain: env.domain ?? saved.domain,
    ownUrl,
    mode: env.ownUrl === undefined ? chosen : ('own-url' as const),
  };
};

/** The address that the settings alone lead to, or null: this computer only. Known before the tunnel is online. */
export const expectedUrl = (env: TunnelEnvironment, settings: TunnelSettings, vault: Vault): string | null => {
  const { mode, ownUrl, domain, token } = resolve(env, settings, vault);
  if (mode === 'own-url') return ownUrl;
  if (mode === 'off' || token === null) return null;
  return domain === null ? settings.get().lastUrl : `https://${domain}`;
};

export const createTunnelService = (options: {
  env: TunnelEnvironment;
  demo: boolean;
  settings: TunnelSettings;
  vault: Vault;
  clock: Clock;
  log: Log;
  bus: EventBus;
  redactor: Redactor;
  agent: TunnelAgent;
  check: ReturnType<typeof createSelfCheck>;
  meter: UsageMeter;
  /** Where the public door listens; asked once it does. */
  localUrl: () => string;
  publicUrl: () => string;
  /** The public address is another one from now on. */
  onUrl: (url: string) => void;
}) => {
  const { env, settings, vault, clock, bus, log } = options;
  const ends = new AbortController();
  let lastCheck: api.TunnelCheck | null = null;
  let work: Promise<void> = Promise.resolve();
  const changed = (): void => {
    options.meter.look();
    bus.publish({ topic: 'system' });
  };
  const now = () => resolve(env, settings, vault);

  const tunnel = createTunnel({
    agent: options.agent,
    clock,
    log,
    leadsHere: options.check.leadsHere,
    onChange: (state) => {
      const { url } = state;
      if (state.phase === 'online' && url !== null) {
        options.onUrl(url);
        if (settings.get().lastUrl !== url) {
          settings
            .save({ lastUrl: url })
            .catch((error: unknown) => log.error({ err: error }, 'a setting was not saved'));
        }
      }
      changed();
    },
  });

  /** Makes the world as the settings say; one after the other, so that quick changes end in the last one. */
  const apply = (): Promise<void> => {
    work = work.then(async () => {
      if (ends.signal.aborted) return;
      const { mode, token, domain } = now();
      const expected = expectedUrl(env, settings, vault);
      if (mode !== 'ngrok' || token === null) await tunnel.stop();
      options.onUrl(expected ?? options.localUrl());
      if (mode === 'ngrok' && token !== null) {
        options.redactor.add(token);
        await tunnel.start({ token, domain, target: options.localUrl() });
      }
      changed();
    });
    return work;
  };

  /** The tunnel's own state, or for an address of one's own what is known of it without a tunnel. */
  const state = (): api.TunnelState => {
    const { mode, token, ownUrl } = now();
    const current = tunnel.state();
    if (mode === 'own-url') return { ...current, phase: ownUrl === null ? 'off' : 'online', url: ownUrl };
    if (mode !== 'ngrok' || token !== null) return current;
    const problem = {
      code: null,
      message: 'No authtoken is set.',
      hint: 'Copy it from dashboard.ngrok.com (Your Authtoken) and enter it here.',
    };
    return { ...current, phase: 'failed', problem };
  };

  const view = async (): Promise<api.Tunnel> => {
    const { mode, token, domain, ownUrl } = now();
    const saved = settings.get();
    const from = (inEnvironment: string | undefined, value: string | null) =>
      inEnvironment !== undefined ? 'environment' : value === null ? 'none' : 'saved';
    return {
      mode,
      modeFrom: env.ownUrl === undefined ? 'saved' : 'environment',
      token: { from: from(env.token, token), hint: token === null ? null : `…${token.slice(-4)}` },
      domain: { from: from(env.domain, domain), value: domain },
      ownUrl: { from: from(env.ownUrl, ownUrl), value: ownUrl },
      state: state(),
      check: lastCheck,
      usage: options.meter.usage(),
      keepWebhooks: saved.keepWebhooks,
      pixelAnyway: saved.pixelAnywayMonth === options.meter.usage().month,
      demo: options.demo,
    };
  };

  const fixedBy = (key: string): AppError =>
    new AppError('CONFLICT', `This is set by the environment (${key}).`, {
      hint: `Change ${key} in the environment or in .env, then restart Backroom.`,
    });

  return {
    view,
    summary: (): api.TunnelSummary => ({
      ...state(),
      mode: now().mode,
      pixelStopped: now().mode === 'ngrok' && options.meter.usage().pixelStopped,
    }),
    save: async (input: api.SaveTunnelInput): Promise<api.Tunnel> => {
      if (input.mode !== undefined && env.ownUrl !== undefined) throw fixedBy('BACKROOM_PUBLIC_URL');
      if (input.ownUrl !== undefined && env.ownUrl !== undefined) throw fixedBy('BACKROOM_PUBLIC_URL');
      if (input.token !== undefined && env.token !== undefined) throw fixedBy('NGROK_AUTHTOKEN');
      if (input.domain !== undefined && env.domain !== undefined) throw fixedBy('NGROK_DOMAIN');
      if (input.mode === 'own-url' && (input.ownUrl ?? settings.get().ownUrl) === null) {
        throw new AppError('BAD_REQUEST', 'The public URL is missing.', {
          hint: 'It looks like https://shop.example.com.',
        });
      }
      const { token, mode, domain, ownUrl, limit, keepWebhooks, pixelAnyway } = input;
      // Which account it is may change the domain that ngrok gives.
      const forgetsUrl = token !== undefined || input.domain !== undefined;
      await settings.save({
        ...(mode === undefined ? {} : { mode }),
        ...(domain === undefined ? {} : { domain }),
        ...(ownUrl === undefined ? {} : { ownUrl }),
        ...(limit === undefined ? {} : { limit }),
        ...(keepWebhooks === undefined ? {} : { keepWebhooks }),
        ...(pixelAnyway === undefined ? {} : { pixelAnywayMonth: pixelAnyway ? options.meter.usage().month : null }),
        ...(token === undefined ? {} : { sealedToken: token === null ? null : vault.seal(token, TOKEN_OWNER) }),
        ...(forgetsUrl ? { lastUrl: null } : {}),
      });
      lastCheck = null;
      await apply();
      return view();
    },
    recheck: async (): Promise<api.Tunnel> => {
      tunnel.recheck();
      return view();
    },
    check: async (): Promise<api.Tunnel> => {
      lastCheck = await options.check.run(options.publicUrl(), ends.signal);
      changed();
      return view();
    },
    /** The host that requests through the tunnel carry, or null while there is no tunnel. */
    tunnelHost: (): string | null => {
      const { url } = tunnel.state();
      return url === null ? null : new URL(url).host;
    },
    /** To be called once the public door listens. */
    start: apply,
    close: async (): Promise<void> => {
      ends.abort(new Error('Backroom is stopping'));
      await work;
      await tunnel.stop();
    },
  };
};
