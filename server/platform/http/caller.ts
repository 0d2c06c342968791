import { AppError } from '../../../shared/errors.ts';

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

/** @throws AppError `NOT_PERMITTED` always: nobody who may not see people gets them, whatever the way. */
export const refusePeople = (): never => {
  throw new AppError('NOT_PERMITTED', 'This key may not see personal data.', {
    hint: 'Leave “personal” out of an export, or give the key the scope: BACKROOM_ADMIN_KEY_SCOPES=personal.',
  });
};

/** Whoever sits at the console may, since it is written down; of keys those with the scope. @throws AppError `NOT_PERMITTED` */
export const assertMaySeePeople = (caller: Caller | null): Caller =>
  caller !== null && (caller.kind === 'console' || caller.seesPersonal) ? caller : refusePeople();
