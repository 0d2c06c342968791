import { z } from 'zod';

/** What Electron's main process and the backend say to each other over the utility process channel. Everything else goes over the socket. */
export const MasterKeySource = z.enum(['keychain', 'key-file', 'environment']);
export type MasterKeySource = z.infer<typeof MasterKeySource>;

export const MainToBackend = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    dataDir: z.string().min(1),
    /** Unix socket path, or `\\.\pipe\…` on Windows. */
    socketPath: z.string().min(1),
    /** Bearer key for the private door, new at each start of main. */
    doorKey: z.string().min(32),
    /** 32 bytes, base64. */
    masterKey: z.string().min(44),
    masterKeySource: MasterKeySource,
  }),
  z.object({ type: z.literal('stop') }),
  /** The computer woke up: connections that looked fine before may be dead. */
  z.object({ type: z.literal('woke') }),
]);
export type MainToBackend = z.infer<typeof MainToBackend>;

export const BackendToMain = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), publicUrl: z.string() }),
  z.object({ type: z.literal('failed'), message: z.string(), hint: z.string().optional() }),
]);
export type BackendToMain = z.infer<typeof BackendToMain>;
