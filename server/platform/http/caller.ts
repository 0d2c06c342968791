/** Who asks at the private door: a person in the console, or a program with a key. */
export interface Caller {
  readonly kind: 'console' | 'key';
  /** A key with the scope `personal`: it may see people unmasked. */
  readonly seesPersonal: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the guard of the private door; null where nobody had to prove anything. */
    caller: Caller | null;
  }
}

export const CONSOLE: Caller = { kind: 'console', seesPersonal: false };
