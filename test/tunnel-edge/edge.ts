import { randomUUID } from 'node:crypto';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Certificate } from './certificate.ts';
import { type MuxSession, type MuxStream, serveMux } from './muxado.ts';

/** Kinds of streams; the first four bytes of each stream name its kind. */
const KIND = { auth: 0, bind: 1, unbind: 2, proxy: 3, heartbeat: 0xffffffff } as const;

export interface EdgeOptions {
  readonly certificate: Certificate;
  readonly authtoken: string;
  /** 0 takes a free one; a fixed one lets the agent find the edge again after it was down. */
  readonly agentPort?: number;
  readonly publicPort?: number;
  /** What the agent is told its public address is; default: the plain HTTP address of this edge. */
  readonly publicUrl?: string;
  /** What ngrok would say to the next `auth` or `bind`, e.g. `ERR_NGROK_334`; null for no fault. */
  readonly fault?: (request: 'auth' | 'bind') => { code: string; message: string } | null;
  /** Free plans answer browsers with a page first. */
  readonly warningPage?: boolean;
}

interface Endpoint {
  readonly session: MuxSession;
  readonly id: string;
}

export interface EdgeEvent {
  readonly at: number;
  readonly kind: 'connected' | 'auth' | 'bind' | 'unbind' | 'disconnected';
  readonly detail: string;
}

/** Reads one JSON request of a stream that stays open for the answer. */
const readJson = (stream: MuxStream, first: Buffer, then: (value: Record<string, unknown>) => void): void => {
  let text = first.toString('utf8');
  const tryParse = (): boolean => {
    try {
      then(JSON.parse(text) as Record<string, unknown>);
      return true;
    } catch {
      // Not complete yet.
      return false;
    }
  };
  if (text !== '' && tryParse()) return;
  const onData = (chunk: Buffer): void => {
    text += chunk.toString('utf8');
    if (tryParse()) stream.off('data', onData);
  };
  stream.on('data', onData);
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

/**
 * Stands in for ngrok's edge: agents connect over TLS, log in and bind an endpoint; what comes in at the public side is carried to them.
 * Written from the protocol that the public SDK speaks; it knows one account and one endpoint.
 */
export const startEdge = async (options: EdgeOptions) => {
  const events: EdgeEvent[] = [];
  const note = (kind: EdgeEvent['kind'], detail = ''): void => {
    events.push({ at: performance.now(), kind, detail });
  };
  let endpoint: Endpoint | null = null;
  const connections = new Set<Socket>();

  const agentServer = createTlsServer({ cert: options.certificate.cert, key: options.certificate.key });
  const publicSide = createHttpServer((request, reply) => carry(request, reply));
  const agentPort = await listen(agentServer, options.agentPort ?? 0);
  const publicPort = await listen(publicSide, options.publicPort ?? 0);
  const publicUrl = options.publicUrl ?? `http://127.0.0.1:${publicPort}`;

  // From the first byte on: a connection in the middle of its handshake must end with the edge, too.
  agentServer.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  agentServer.on('secureConnection', (socket) => {
    note('connected');
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    const session = serveMux(socket, (stream) => serveStream(session, stream));
    socket.once('close', () => {
      if (endpoint?.session === session) endpoint = null;
      note('disconnected');
    });
  });
  agentServer.on('tlsClientError', (error) => note('disconnected', error.message));

  const serveStream = (session: MuxSession, stream: MuxStream): void => {
    let head = Buffer.alloc(0);
    const onData = (chunk: Buffer): void => {
      head = Buffer.concat([head, chunk]);
      if (head.length < 4) return;
      stream.off('data', onData);
      const rest = head.subarray(4);
      const kind = head.readUInt32BE(0);
      if (kind === KIND.heartbeat) {
        // Each beat is four bytes, sent back as they came.
        if (rest.length > 0) stream.write(rest);
        stream.on('data', (beat: Buffer) => stream.write(beat));
        return;
      }
      readJson(stream, rest, (request) => stream.end(JSON.stringify(answer(session, kind, request))));
    };
    stream.on('data', onData);
  };

  const refuse = (code: string, message: string): { Error: string } => ({ Error: `${message}\n\n${code}\n` });
  const answer = (session: MuxSession, kind: number, request: Record<string, unknown>): unknown => {
    if (kind === KIND.auth) {
      const extra = request.Extra as { AuthToken?: string; UserAgent?: string };
      note('auth', `${String(request.ClientId)} ${extra.UserAgent ?? ''}`);
      const fault = options.fault?.('auth');
      if (fault) return refuse(fault.code, fault.message);
      if (extra.AuthToken !== options.authtoken)
        return refuse('ERR_NGROK_107', 'The authtoken you specified is properly formed, but it is invalid.');
      return {
        Version: '3',
        ClientId: request.ClientId === '' ? randomUUID() : request.ClientId,
        Extra: { Version: 'stand-in', Region: 'local', Cookie: 'stand-in', AccountName: 'Stand-in', PlanName: 'Free' },
      };
    }
    if (kind === KIND.bind) {
      note('bind', String(request.Id));
      const fault = options.fault?.('bind');
      if (fault) return refuse(fault.code, fault.message);
      const id = request.Id === '' ? randomUUID() : String(request.Id);
      endpoint = { session, id };
      return { Id: id, URL: publicUrl, Proto: request.Proto, Opts: request.Opts, Extra: { Token: 'stand-in' } };
    }
    if (kind === KIND.unbind) {
      note('unbind', String(request.Id));
      if (endpoint?.id === request.Id) endpoint = null;
      return {};
    }
    return refuse('ERR_NGROK_0', 'unknown request');
  };

  /** One visitor's request to the agent over a stream of its own, as the public side of ngrok does. */
  const carry = (request: IncomingMessage, reply: ServerResponse): void => {
    const fail = (status: number, code: string): void => {
      reply.writeHead(status, { 'ngrok-error-code': code, 'content-type': 'text/html' }).end(`<h1>${code}</h1>`);
    };
    if (!endpoint) {
      fail(404, 'ERR_NGROK_3200');
      return;
    }
    const isBrowser = /mozilla/i.test(request.headers['user-agent'] ?? '');
    if (options.warningPage === true && isBrowser && request.headers['ngrok-skip-browser-warning'] === undefined) {
      fail(511, 'ERR_NGROK_6024');
      return;
    }
    const stream = endpoint.session.open();
    const header = Buffer.from(
      JSON.stringify({
        Id: endpoint.id,
        ClientAddr: `${request.socket.remoteAddress}:${request.socket.remotePort}`,
        Proto: 'https',
        EdgeType: '0',
        PassthroughTLS: false,
      }),
    );
    const lead = Buffer.alloc(12);
    lead.writeUInt32BE(KIND.proxy, 0);
    lead.writeBigInt64LE(BigInt(header.length), 4);
    const lines: string[] = [`${request.method} ${request.url} HTTP/1.1`];
    for (let i = 0; i < request.rawHeaders.length; i += 2) {
      const name = request.rawHeaders[i] ?? '';
      if (/^(connection|keep-alive)$/i.test(name)) continue;
      lines.push(`${name}: ${request.rawHeaders[i + 1] ?? ''}`);
    }
    lines.push('x-forwarded-for: 203.0.113.7', 'x-forwarded-proto: https', 'connection: close', '', '');
    stream.write(Buffer.concat([lead, header, Buffer.from(lines.join('\r\n'))]));
    request.on('data', (chunk: Buffer) => stream.write(chunk));
    // The reply comes back as raw HTTP; the visitor's connection takes it as it is.
    const { socket } = reply;
    stream.once('close', () => socket?.end());
    stream.once('end', () => {
      socket?.end();
      stream.end();
    });
    stream.on('data', (chunk: Buffer) => socket?.write(chunk));
  };

  return {
    agentAddress: `127.0.0.1:${agentPort}`,
    agentPort,
    publicPort,
    publicUrl,
    events,
    isBound: (): boolean => endpoint !== null,
    /** Cuts every agent off without a word, as a crash would. */
    cut: (): void => {
      endpoint = null;
      for (const socket of connections) socket.destroy();
    },
    close: async (): Promise<void> => {
      for (const socket of connections) socket.destroy();
      publicSide.closeAllConnections();
      await Promise.all([
        new Promise((resolve) => agentServer.close(resolve)),
        new Promise((resolve) => publicSide.close(resolve)),
      ]);
    },
  };
};
export type Edge = Awaited<ReturnType<typeof startEdge>>;

/** An address that takes connections and says nothing, as a captive portal or a dead network would. */
export const startSilence = async (): Promise<{ port: number; close(): Promise<void> }> => {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  const port = await listen(server, 0);
  return {
    port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
};
