import { Duplex } from 'node:stream';

/**
 * The multiplexing that ngrok's agent protocol runs on, seen from the server's end: many streams over one connection, each with a send
 * window. A frame is eight bytes (24 bits of length, 4 of type, 4 of flags, 32 of stream id) and its body.
 * Only what the stand-in needs; errors end the session.
 */
const TYPE = { reset: 0, data: 1, window: 2, goAway: 3 } as const;
const FLAG = { fin: 1, syn: 2 } as const;
const HEADER_BYTES = 8;
/** What either end may send on a stream before the other has said that it read. */
const WINDOW_BYTES = 0x40000;
const MAX_FRAME = 0xffffff;

export class MuxStream extends Duplex {
  readonly id: number;
  readonly #send: (type: number, flags: number, body: Uint8Array) => void;
  #window = WINDOW_BYTES;
  #waiting: (() => void) | null = null;
  #opened: boolean;
  #finished = false;

  constructor(id: number, opened: boolean, send: (type: number, flags: number, body: Uint8Array) => void) {
    super({ allowHalfOpen: true });
    this.id = id;
    this.#opened = opened;
    this.#send = send;
  }

  override _read(): void {
    // What the agent sends is pushed as it comes; its own window bounds it.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const sendRest = (rest: Buffer): void => {
      if (rest.length === 0) {
        done();
        return;
      }
      if (this.#window === 0) {
        this.#waiting = () => sendRest(rest);
        return;
      }
      const part = rest.subarray(0, Math.min(rest.length, this.#window, MAX_FRAME));
      this.#window -= part.length;
      this.#send(TYPE.data, this.#opened ? 0 : FLAG.syn, part);
      this.#opened = true;
      sendRest(rest.subarray(part.length));
    };
    sendRest(chunk);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#finished = true;
    this.#send(TYPE.data, FLAG.fin, new Uint8Array());
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.#finished && this.#opened) this.#send(TYPE.reset, 0, uint32(error === null ? 0 : 2));
    done(error);
  }

  /** @internal Called by the session. */
  receive(body: Buffer, fin: boolean): void {
    if (body.length > 0) {
      this.push(Buffer.from(body));
      this.#send(TYPE.window, 0, uint32(body.length));
    }
    if (fin) this.push(null);
  }

  /** @internal Called by the session. */
  widen(bytes: number): void {
    this.#window += bytes;
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.();
  }

  /** @internal The other end dropped the stream: nothing more is sent. */
  dropped(): void {
    this.#finished = true;
    this.destroy();
  }
}

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

export interface MuxSession {
  /** Opens a stream; its first frame carries what is written first. */
  open(): MuxStream;
  close(): void;
}

/** Runs a session on a connection; `onStream` gets each stream that the agent opens. */
export const serveMux = (connection: Duplex, onStream: (stream: MuxStream) => void): MuxSession => {
  const streams = new Map<number, MuxStream>();
  let nextId = 2;
  let pending: Buffer = Buffer.alloc(0);

  const sender = (id: number) => (type: number, flags: number, body: Uint8Array) => {
    if (connection.destroyed || !connection.writable) return;
    const header = Buffer.alloc(HEADER_BYTES);
    header.writeUIntBE(body.length, 0, 3);
    header.writeUInt8((type << 4) | flags, 3);
    header.writeUInt32BE(id, 4);
    connection.write(Buffer.concat([header, body]));
  };
  const add = (id: number, opened: boolean): MuxStream => {
    const stream = new MuxStream(id, opened, sender(id));
    streams.set(id, stream);
    stream.once('close', () => streams.delete(id));
    // A stream that breaks ends with its peer; whoever uses it sees 'close'.
    stream.on('error', () => undefined);
    return stream;
  };

  const take = (type: number, flags: number, id: number, body: Buffer): void => {
    if (type === TYPE.goAway) {
      connection.end();
      return;
    }
    let stream = streams.get(id);
    if (!stream && (flags & FLAG.syn) !== 0) {
      stream = add(id, true);
      onStream(stream);
    }
    if (!stream) return;
    if (type === TYPE.data) stream.receive(body, (flags & FLAG.fin) !== 0);
    else if (type === TYPE.window) stream.widen(body.readUInt32BE(0) & 0x7fffffff);
    else if (type === TYPE.reset) stream.dropped();
  };

  connection.on('data', (chunk: Buffer) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    while (pending.length >= HEADER_BYTES) {
      const length = pending.readUIntBE(0, 3);
      if (pending.length < HEADER_BYTES + length) return;
      const kind = pending.readUInt8(3);
      take(kind >> 4, kind & 0x0f, pending.readUInt32BE(4) & 0x7fffffff, pending.subarray(8, 8 + length));
      pending = pending.subarray(HEADER_BYTES + length);
    }
  });
  connection.once('close', () => {
    for (const stream of streams.values()) stream.dropped();
  });

  return {
    open: () => {
      const stream = add(nextId, false);
      nextId += 2;
      return stream;
    },
    close: () => connection.destroy(),
  };
};
