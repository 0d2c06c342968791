import { AppError } from '../../shared/errors.ts';

/** What Shopify's mutations say about input it did not accept. */
export interface UserError {
  readonly message: string;
  readonly field?: readonly string[] | null;
  readonly code?: string | null;
}
export interface MutationPayload {
  readonly userErrors: readonly UserError[];
}
export type UserErrorOf<Payload extends MutationPayload> = Payload['userErrors'][number];

/** The outcome of a mutation: done, or refused for reasons that are about the input. */
export type MutationResult<Value, Problem extends UserError = UserError> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly userErrors: readonly Problem[] };

/** @throws AppError when Shopify answered with no payload at all. */
export const resultOf = <Payload extends MutationPayload>(
  payload: Payload | null | undefined,
  operation: string,
): MutationResult<Payload, UserErrorOf<Payload>> => {
  if (!payload) {
    throw new AppError('SHOPIFY_ERROR', `Shopify did not say whether ${operation} was done.`, {
      hint: 'Try again; if it stays, look at the app’s scopes.',
    });
  }
  return payload.userErrors.length === 0
    ? { ok: true, value: payload }
    : { ok: false, userErrors: payload.userErrors as readonly UserErrorOf<Payload>[] };
};

/** The reasons in one sentence. */
export const userErrorText = (userErrors: readonly UserError[]): string =>
  userErrors.map((error) => error.message).join('; ');
