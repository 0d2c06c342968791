// The small form of zod: main reads this before it can open its window, and the whole library takes longer to load than all of main.
import * as z from 'zod/mini';

/** What Electron's main process and the backend say to each other over the utility process channel. Everything else goes over the socket. */
export const MasterKeySource = z.enum(['keychain', 'key-file', 'environment']);
export type MasterKeySource = z.infer<typeof MasterKeySource>;

const MasterKeys = {
  /** 32 bytes, base64. */
  masterKey: z.string().check(z.minLength(44)),
  /** Newest first, while something may still be sealed with them. */
  olderMasterKeys: z.array(z.string().check(z.minLength(44))),
};

export const MainToBackend = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    dataDir: z.string().check(z.minLength(1)),
    /** Unix socket path, or `\\.\pipe\…` on Windows. */
    socketPath: z.string().check(z.minLength(1)),
    /** Bearer key for the private door, new at each start of main. */
    doorKey: z.string().check(z.minLength(32)),
    ...MasterKeys,
    masterKeySource: MasterKeySource,
  }),
  /** The answer to `change-key`: it is kept already, so whatever happens now, the next start knows it. */
  z.object({ type: z.literal('key-changed'), ...MasterKeys }),
  z.object({ type: z.literal('key-unchanged'), message: z.string(), hint: z.string() }),
  z.object({ type: z.literal('stop') }),
  /** The computer woke up: connections that looked fine before may be dead. */
  z.object({ type: z.literal('woke') }),
]);
export type MainToBackend = z.infer<typeof MainToBackend>;

/** How many privacy requests are due within a week, of those within two days, and of those too late; for the tray. */
const Deadlines = z.object({ type: z.literal('deadlines'), due: z.number(), urgent: z.number(), overdue: z.number() });
/** A notification of the system; `open` is the console's path behind it. */
const Notice = z.object({
  type: z.literal('notice'),
  title: z.string(),
  body: z.string(),
  open: z.string().check(z.startsWith('/')),
});

/** How far imports of stores are, from 0 to 1, for the taskbar; null when none runs. */
const Import = z.object({ type: z.literal('import'), share: z.nullable(z.number()) });

/** What the desktop says outside of the window. Names of people are never in it. */
export type DesktopNews = z.infer<typeof Deadlines> | z.infer<typeof Notice> | z.infer<typeof Import>;

export const BackendToMain = z.discriminatedUnion('type', [
  Deadlines,
  Notice,
  Import,
  z.object({ type: z.literal('ready'), publicUrl: z.string() }),
  z.object({ type: z.literal('failed'), message: z.string(), hint: z.optional(z.string()) }),
  /** The operator wants another master key: main makes it and keeps it where the present one is. */
  z.object({ type: z.literal('change-key') }),
  /** Everything is sealed with the key that has this digest (SHA-256, base64url): the older ones can go. */
  z.object({ type: z.literal('older-keys-unused'), currentKey: z.string() }),
]);
export type BackendToMain = z.infer<typeof BackendToMain>;
