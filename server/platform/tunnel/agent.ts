import type * as Ngrok from '@ngrok/ngrok';
import { NativeModuleMissing } from './tunnel-errors.ts';

/** What a session tells while it lasts. Nothing comes after `close()`. */
export interface SessionEvents {
  /** Null: the beat was not answered in time. The SDK itself does nothing about that. */
  beat(latencyMs: number | null): void;
  /** The connection is gone; the SDK tries to make it again on its own. */
  lost(reason: string): void;
  /** Somebody pressed “stop” at ngrok's dashboard. */
  stopped(): void;
}

export interface AgentSession {
  readonly url: string;
  close(): Promise<void>;
}

/** What makes tunnels; the real one is `createNgrokAgent`. */
export interface TunnelAgent {
  /** Logs in and binds the address. @throws what the SDK throws, or NativeModuleMissing */
  open(
    plan: { readonly token: string; readonly domain: string | null; readonly target: string },
    events: SessionEvents,
  ): Promise<AgentSession>;
}

type Sdk = Pick<typeof Ngrok, 'SessionBuilder'>;

/** Seconds, as the SDK takes them: a dead connection is noticed within 15 s. */
const HEARTBEAT_SECONDS = 10;
const HEARTBEAT_TOLERANCE_SECONDS = 5;

/** Loaded when the first tunnel is wanted: the native module is 10 MB that most starts do without. */
const loadSdk = async (): Promise<Sdk> => {
  try {
    const loaded = (await import('@ngrok/ngrok')) as typeof Ngrok & { default?: typeof Ngrok };
    return loaded.default ?? loaded;
  } catch (cause) {
    throw new NativeModuleMissing('the ngrok module could not be loaded', { cause });
  }
};

export const createNgrokAgent = (options: {
  version: string;
  /** Instead of ngrok's own address and authority: a custom ingress, a proxy that opens TLS, or a stand-in. */
  serverAddress?: string | undefined;
  /** A PEM file. */
  rootCas?: string | undefined;
  /** Details for the log that need no action. */
  onQuiet: (what: string, error: unknown) => void;
  load?: () => Promise<Sdk>;
}): TunnelAgent => ({
  open: async (plan, events) => {
    const sdk = await (options.load ?? loadSdk)();
    let closed = false;
    let session: Ngrok.Session | null = null;
    const closeQuietly = async (): Promise<void> => {
      try {
        await session?.close();
      } catch (error) {
        // A session whose connection is gone can't be told; it is over all the same.
        options.onQuiet('a tunnel session was already gone', error);
      }
    };
    const builder = new sdk.SessionBuilder()
      .authtoken(plan.token)
      .clientInfo('backroom', options.version)
      .heartbeatInterval(HEARTBEAT_SECONDS)
      .heartbeatTolerance(HEARTBEAT_TOLERANCE_SECONDS)
      .handleHeartbeat((latency: number | null) => {
        // The SDK was just making the connection again when it was closed, and succeeded: closed once more.
        if (closed) void closeQuietly();
        else events.beat(latency ?? null);
      })
      .handleDisconnection((_address, error) => {
        if (!closed) events.lost(error);
        // False would end the process with an uncaught error; a closed session stops trying by itself.
        return true;
      })
      .handleStopCommand(() => {
        if (!closed) events.stopped();
      });
    if (options.serverAddress !== undefined) builder.serverAddr(options.serverAddress);
    if (options.rootCas !== undefined) builder.rootCas(options.rootCas);

    session = await builder.connect();
    try {
      const endpoint = session.httpEndpoint();
      if (plan.domain !== null) endpoint.domain(plan.domain);
      const listener = await endpoint.listenAndForward(plan.target);
      const url = listener.url();
      if (url === null) throw new Error('ngrok gave no address');
      return {
        url: new URL(url).origin,
        close: async () => {
          closed = true;
          try {
            await listener.close();
          } catch (error) {
            options.onQuiet('a tunnel was already gone', error);
          }
          await closeQuietly();
        },
      };
    } catch (error) {
      closed = true;
      await closeQuietly();
      throw error;
    }
  },
});
