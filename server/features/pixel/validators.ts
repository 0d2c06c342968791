import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { z } from 'zod';
import { CustomPixelEvent, type PixelEvent, STANDARD_NAMES, schemaOfEvent } from '../../../shared/pixel/event.ts';

export type PixelCheck =
  | { readonly ok: true; readonly event: PixelEvent }
  | { readonly ok: false; readonly reason: string };

/** Checks one event; `reason` is the path and the first thing wrong there, with `[]` for a list's index, so that reasons can be grouped. */
export type CheckPixelEvent = (input: unknown, shop: string) => PixelCheck;

/** Where a field may be one of several forms, each form reports its own error: the deepest tells most. */
export const firstError = (errors: readonly ErrorObject[] | null | undefined): string => {
  let found: ErrorObject | undefined;
  for (const error of errors ?? [])
    if (error.keyword !== 'anyOf' && (!found || error.instancePath.length > found.instancePath.length)) found = error;
  const path = (found?.instancePath ?? '')
    .slice(1)
    .replace(/\/\d+(?=\/|$)/g, '[]')
    .replaceAll('/', '.');
  return `${path || 'event'}: ${found?.message ?? 'is wrong'}`;
};

const toJsonSchema = (schema: z.ZodType): Record<string, unknown> =>
  z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    override: ({ jsonSchema }) => {
      // The format's own check is a tenth of the price of the pattern that comes with it.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });

const isTime = (text: string): boolean =>
  text.length < 40 && text.charCodeAt(10) === 84 && !Number.isNaN(Date.parse(text));

/**
 * Validators compiled from the shared schemas, each when the first event of its name comes: a start of the backend that receives no events
 * compiles nothing. Compiling makes functions from text, which the backend may and the console may not.
 */
export const createPixelCheck = (): CheckPixelEvent => {
  const ajv = new Ajv({ strict: false, formats: { 'date-time': isTime } });
  const known = new Map<string, ValidateFunction>();
  const standard = new Set(STANDARD_NAMES);
  const compiled = (name: string): ValidateFunction => {
    const key = standard.has(name) ? name : '';
    const found = known.get(key);
    if (found) return found;
    const validate = ajv.compile(toJsonSchema(key === '' ? CustomPixelEvent : schemaOfEvent(key)));
    known.set(key, validate);
    return validate;
  };
  return (input) => {
    const name = typeof input === 'object' && input !== null && 'name' in input ? input.name : undefined;
    const validate = compiled(typeof name === 'string' ? name : '');
    return validate(input)
      ? { ok: true, event: input as PixelEvent }
      : { ok: false, reason: firstError(validate.errors) };
  };
};
