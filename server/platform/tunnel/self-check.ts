import { randomBytes } from 'node:crypto';
import type { TunnelCheck } from '../../../shared/api/tunnel.ts';
import { type Clock, toIso } from '../clock.ts';
import { codeOf } from './tunnel-errors.ts';

const TIMEOUT_MS = 10_000;
/** What a browser sends; ngrok's free plan answers that with a page of its own first. */
const BROWSER = 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36';
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
const MAX_BODY = 64 * 1024;

/** Error codes of Node's TLS that speak of the certificate. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ALTNAME|SSL|TLS/;

interface Seen {
  readonly status: number;
  readonly ngrokCode: string | null;
  readonly body: string;
}

const look = async (url: string, agent: string, signal: AbortSignal): Promise<Seen> => {
  const response = await fetch(url, {
    redirect: 'manual',
    headers: { 'user-agent': agent, accept: 'text/html,application/json', 'cache-control': 'no-cache' },
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  });
  const body = (await response.text()).slice(0, MAX_BODY);
  return {
    status: response.status,
    ngrokCode: response.headers.get('ngrok-error-code') ?? (response.ok ? null : codeOf(body)),
    body,
  };
};

const causeCode = (thrown: unknown): string => {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  return cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.name) : '';
};

type Finding = Omit<TunnelCheck, 'at' | 'url'>;

const explainFailure = (thrown: unknown): Finding => {
  const code = causeCode(thrown);
  const nothing = { latencyMs: null, warningPage: null };
  if (CERTIFICATE.test(code)) {
    return {
      ...nothing,
      saw: 'certificate',
      message: `The address answers with a certificate that can’t be trusted (${code}).`,
      hint: 'Shopify refuses it as well. Renew the certificate, or give the server its whole chain.',
    };
  }
  const message =
    code === 'ENOTFOUND' || code === 'EAI_AGAIN'
      ? 'The name of the address can’t be found.'
      : code === 'ECONNREFUSED'
        ? 'Nothing listens at the address.'
        : `The address does not answer${/Timeout|TIMEDOUT/i.test(code) ? ` within ${TIMEOUT_MS / 1000} s` : ''}.`;
  return {
    ...nothing,
    saw: 'no-answer',
    message,
    hint: 'Check this computer’s connection, then that the tunnel or the server in front of Backroom is up.',
  };
};

const explainNgrok = (code: string): Finding => ({
  saw: 'tunnel-error',
  latencyMs: null,
  warningPage: null,
  message:
    code === 'ERR_NGROK_3200'
      ? 'ngrok answers, but no tunnel is online at this address.'
      : code === 'ERR_NGROK_8012'
        ? 'ngrok answers, but the tunnel found nothing listening behind it.'
        : code === 'ERR_NGROK_727'
          ? 'ngrok refuses requests: those of this month are used up.'
          : `ngrok answers with ${code}.`,
  hint: `See https://ngrok.com/docs/errors/${code.toLowerCase()}.`,
});

/** Proves to a caller that the answer comes from this very process. */
export interface SelfProof {
  proofOf(nonce: string): string;
}

/** Calls the public address as the outside does, and says what it saw. Costs two requests of the plan. */
export const createSelfCheck = (options: { clock: Clock; proof: SelfProof }) => {
  const { clock, proof } = options;

  const ask = async (url: string, agent: string, signal: AbortSignal): Promise<Seen & { isHere: boolean }> => {
    const nonce = randomBytes(16).toString('base64url');
    const seen = await look(`${url}/healthz?nonce=${nonce}`, agent, signal);
    return { ...seen, isHere: seen.status === 200 && seen.body.includes(proof.proofOf(nonce)) };
  };

  const find = async (url: string, signal: AbortSignal): Promise<Finding> => {
    const before = performance.now();
    const asServer = await ask(url, 'Backroom self-check', signal);
    const latencyMs = Math.round(performance.now() - before);
    if (!asServer.isHere) {
      if (asServer.ngrokCode !== null) return explainNgrok(asServer.ngrokCode);
      return {
        saw: 'something-else',
        latencyMs,
        warningPage: null,
        message: `Something answers at the address, but not this Backroom (HTTP ${asServer.status}).`,
        hint: 'Another program, or another computer’s Backroom, is behind this address. Check where it leads.',
      };
    }
    const asBrowser = await ask(url, BROWSER, signal);
    const warningPage =
      asBrowser.ngrokCode === 'ERR_NGROK_6024' || (!asBrowser.isHere && /ngrok/i.test(asBrowser.body));
    return {
      saw: 'reached',
      latencyMs,
      warningPage,
      message: `The address leads here: answered in ${latencyMs} ms.`,
      hint: warningPage
        ? 'Browsers see ngrok’s warning page once a week before ours (free plan). When connecting a store, press “Visit Site” there: the connection goes on and has ten minutes. Shopify’s webhooks are not affected.'
        : null,
    };
  };

  return {
    run: async (url: string, signal: AbortSignal): Promise<TunnelCheck> => {
      const base = { at: toIso(clock.now()), url };
      try {
        const found = await find(url, signal);
        if (found.saw === 'reached' && LOOPBACK.has(new URL(url).hostname))
          return {
            ...base,
            ...found,
            saw: 'local',
            message: `Answered in ${found.latencyMs} ms, but the address works on this computer only.`,
            hint: 'Shopify can’t reach it. Switch the tunnel on, or enter a public URL of your own.',
          };
        return { ...base, ...found };
      } catch (error) {
        signal.throwIfAborted();
        return { ...base, ...explainFailure(error) };
      }
    },
    /** One request: whether the address leads to this process. */
    leadsHere: async (url: string, signal: AbortSignal): Promise<boolean> => {
      try {
        return (await ask(url, 'Backroom self-check', signal)).isHere;
      } catch {
        // No answer is an answer here; what was wrong shows when the session is made anew.
        signal.throwIfAborted();
        return false;
      }
    },
  };
};
