/** Why there is no tunnel, and what to do, in words; `retry` says whether trying again by itself can help. */
export interface TunnelFailure {
  readonly code: string | null;
  readonly message: string;
  readonly hint: string;
  readonly retry: boolean;
}

const NEW_TOKEN = 'Copy the authtoken from dashboard.ngrok.com (Your Authtoken) and enter it in Settings → Tunnel.';
const OWN_DOMAIN =
  'Enter the domain that dashboard.ngrok.com shows under Domains, or leave the domain empty to get the account’s own.';
const PLAN = 'Wait for the new month, choose a larger plan at dashboard.ngrok.com, or use a public URL of your own.';

const stop = (message: string, hint: string) => ({ message, hint, retry: false });
const retry = (message: string, hint: string) => ({ message, hint, retry: true });

/** ngrok's codes that an agent meets when it logs in or binds its address; https://ngrok.com/docs/errors. */
const BY_CODE: Readonly<Record<number, Omit<TunnelFailure, 'code'>>> = {
  102: stop('The ngrok account is not activated.', 'Confirm the account’s e-mail address, then try again.'),
  103: stop('The ngrok account is suspended.', 'Write to support@ngrok.com, or use another account’s authtoken.'),
  105: stop('The authtoken does not have the form of an ngrok authtoken.', NEW_TOKEN),
  106: stop('The authtoken is of an old kind that ngrok no longer takes.', NEW_TOKEN),
  107: stop('ngrok does not accept the authtoken: it is wrong, was reset, or belongs to a deleted user.', NEW_TOKEN),
  108: retry(
    'The ngrok account already has as many agents online as its plan allows.',
    'Stop another agent (dashboard.ngrok.com, Agents). It is tried again by itself.',
  ),
  115: stop(
    'ngrok refuses this computer’s address: the account has IP restrictions.',
    'Allow it at dashboard.ngrok.com.',
  ),
  116: stop(
    'ngrok refuses this computer’s address: the account has IP restrictions.',
    'Allow it at dashboard.ngrok.com.',
  ),
  120: stop('This version of the ngrok agent is no longer supported.', 'Update Backroom.'),
  314: stop('The plan of this ngrok account does not include this kind of domain.', OWN_DOMAIN),
  319: stop('The domain is not reserved for this ngrok account.', OWN_DOMAIN),
  320: stop('The domain belongs to another ngrok account.', OWN_DOMAIN),
  334: retry(
    'The domain is already online, from another computer or from a session that ended without saying so.',
    'Stop the tunnel on the other computer. A session left over from before sleep ends by itself within a minute; it is tried again.',
  ),
  727: retry('The requests of this month are used up at ngrok.', PLAN),
  734: retry('ngrok got too many requests within a minute.', 'It is tried again by itself. Less pixel traffic helps.'),
};

/** Failures without a code, by the words of the SDK (version 1.7). */
const BY_WORDS: readonly [RegExp, Omit<TunnelFailure, 'code'>][] = [
  [
    /failed to establish tcp connection/i,
    retry(
      'ngrok can’t be reached: no network, or a firewall is in between.',
      'Check the connection. Outgoing connections to connect.ngrok-agent.com, port 443, must be allowed.',
    ),
  ],
  [
    /tls handshake error/i,
    retry(
      'The secure connection to ngrok failed: something in between answers with a certificate of its own.',
      'A proxy or virus scanner that opens TLS does this. Except ngrok from it, or set NGROK_ROOT_CAS to its certificate.',
    ),
  ],
  [
    /rpc response|rpc request|muxado|transport error|failed to start ngrok session/i,
    retry('The connection to ngrok broke off while it was set up.', 'It is tried again by itself.'),
  ],
];

export const NO_ANSWER: TunnelFailure = {
  code: null,
  ...retry(
    'ngrok does not answer.',
    'Check the connection: a network that asks to log in first takes connections and stays silent. It is tried again by itself.',
  ),
};
export const LOST: TunnelFailure = {
  code: null,
  ...retry('The connection to ngrok was lost.', 'It is being made again.'),
};
export const SILENT: TunnelFailure = {
  code: null,
  ...retry('ngrok stopped answering, as after sleep or a change of network.', 'The connection is being made again.'),
};
export const STOPPED_REMOTELY: TunnelFailure = {
  code: null,
  ...stop('The tunnel was stopped from ngrok’s dashboard.', 'Press “Try again” to start it.'),
};

/** The SDK's native part is not there, or the system can't load it. */
export class NativeModuleMissing extends Error {
  override readonly name = 'NativeModuleMissing';
}

const NATIVE: TunnelFailure = {
  code: null,
  ...stop(
    'The tunnel’s native module can’t be loaded on this computer.',
    'On Windows, install the Microsoft Visual C++ Redistributable. Everything else works without it; a public URL of your own needs no tunnel.',
  ),
};

/** ngrok's code within an error's text, e.g. `ERR_NGROK_107`; the SDK sets a property only on some of its errors. */
export const codeOf = (text: string): string | null => {
  const found = /ERR_NGROK_(\d{1,5})/i.exec(text);
  return found ? `ERR_NGROK_${found[1]}` : null;
};

/** Whatever connecting threw, as a sentence and an advice. Never repeats the SDK's text: it may name the account. */
export const explainTunnelError = (thrown: unknown): TunnelFailure => {
  if (thrown instanceof NativeModuleMissing) return NATIVE;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const code = codeOf(text);
  if (code !== null) {
    const known = BY_CODE[Number(code.slice('ERR_NGROK_'.length))];
    if (known) return { code, ...known };
    return {
      code,
      ...retry(
        `ngrok refused with ${code}.`,
        `See https://ngrok.com/docs/errors/${code.toLowerCase()}. It is tried again.`,
      ),
    };
  }
  const known = BY_WORDS.find(([words]) => words.test(text));
  if (known) return { code: null, ...known[1] };
  return { code: null, ...retry('The tunnel could not be started.', 'It is tried again; the log has the details.') };
};
