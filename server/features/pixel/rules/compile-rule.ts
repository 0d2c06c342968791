import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { PERSONAL_KEYS } from '../clean-event.ts';
import { firstError } from '../validators.ts';
import { inspectSchema, isSchema, partsOf, type Schema, type SchemaRemark } from './inspect-schema.ts';
import { linearPattern } from './linear-pattern.ts';

/** Why an event's `customData` does not fit, or null. */
export type CheckData = (data: unknown) => string | null;

export interface CompiledRule {
  readonly problems: readonly SchemaRemark[];
  readonly warnings: readonly SchemaRemark[];
  /** Null when there are problems. */
  readonly check: CheckData | null;
}

export const MAX_SCHEMA_CHARS = 20_000;
const MAX_ERRORS = 5;
const TYPES = 'array, boolean, integer, null, number, object, string';

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const isDate = (text: string): boolean => text.length === 10 && text[4] === '-' && !Number.isNaN(Date.parse(text));
/** E-mail addresses are taken out of what is stored; a stored event must fit as the one that came did. */
const isEmail = (text: string): boolean =>
  text === '[e-mail]' || (text.length < 255 && text.split('@').length === 2 && /^\S+@\S+$/.test(text));

const regExp = Object.assign((pattern: string) => linearPattern(pattern), { code: 'linearPattern' });
const createRuleAjv = (): Ajv =>
  new Ajv({
    strict: false,
    // Else a field named `toString` would be there in every object.
    ownProperties: true,
    meta: false,
    validateSchema: false,
    logger: false,
    code: { regExp },
    formats: {
      'date-time': (text: string) => text.length < 40 && text[10] === 'T' && !Number.isNaN(Date.parse(text)),
      date: isDate,
      email: isEmail,
      uri: (text: string) => URL.canParse(text),
      uuid: (text: string) => text.length === 36 && UUID.test(text),
    },
  });

/** `/properties/price/type` as `properties.price.type`. */
const placeOf = (pointer: string): string =>
  pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');

const inWords = ({ instancePath, keyword, message, params }: ErrorObject): SchemaRemark => {
  const path = placeOf(instancePath);
  if (/(^|\.)type$/.test(path)) return { path, message: `A type is one of ${TYPES}, or a list of them.` };
  if (keyword === 'type') return { path, message: `This must be ${[params.type].flat().join(' or ')}.` };
  return { path, message: `This ${message ?? 'is wrong'}.` };
};

let meta: Ajv | null = null;
const formProblems = (schema: Schema): SchemaRemark[] => {
  meta ??= new Ajv({ strict: false, logger: false, allErrors: true, validateFormats: false });
  const { $schema: _, ...rest } = schema;
  if (meta.validateSchema(rest)) return [];
  const byPath = new Map<string, SchemaRemark>();
  for (const error of meta.errors ?? []) {
    const remark = inWords(error);
    if (!byPath.has(remark.path)) byPath.set(remark.path, remark);
  }
  return [...byPath.values()].slice(0, MAX_ERRORS);
};

/** The form of what is emptied before it is stored is not checked, so that a stored event fits as the one that came did. */
const withoutPersonal = (part: unknown): unknown => {
  if (!isSchema(part)) return part;
  return Object.fromEntries(
    Object.entries(part).map(([keyword, value]) => {
      if (keyword === 'properties' && isSchema(value))
        return [
          keyword,
          Object.fromEntries(
            Object.entries(value).map(([name, inner]) => [
              name,
              PERSONAL_KEYS.has(name) ? true : withoutPersonal(inner),
            ]),
          ),
        ];
      if (isSchema(value) && keyword !== 'const' && keyword !== 'default')
        return [
          keyword,
          ['patternProperties', 'definitions', '$defs'].includes(keyword)
            ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutPersonal(inner)]))
            : withoutPersonal(value),
        ];
      if (Array.isArray(value) && ['allOf', 'anyOf', 'oneOf', 'items'].includes(keyword))
        return [keyword, value.map(withoutPersonal)];
      return [keyword, value];
    }),
  );
};

/** All names that a schema gives to fields: only these may stand in a reason, since shoppers can make up any other. */
const fieldNames = (part: unknown, found: Set<string> = new Set()): Set<string> => {
  if (!isSchema(part)) return found;
  if (isSchema(part.properties)) for (const name of Object.keys(part.properties)) found.add(name);
  for (const [, inner] of partsOf(part)) fieldNames(inner, found);
  return found;
};

const parseSchema = (text: string): { value: unknown } | SchemaRemark => {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const position = /position (\d+)/.exec(error.message)?.[1];
    const before = text.slice(0, position === undefined ? text.length : Number(position)).split('\n');
    const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
    return { path: '', message: `This is not JSON: something is wrong at ${place}.` };
  }
};

/**
 * Makes a rule's schema a check of `customData`, or says in plain words what is wrong with it. Whatever the text, this ends soon: its size,
 * depth and references are bounded before anything is compiled, and patterns run in linear time.
 */
export const compileRule = (text: string): CompiledRule => {
  const refuse = (problems: readonly SchemaRemark[], warnings: readonly SchemaRemark[] = []): CompiledRule => ({
    problems,
    warnings,
    check: null,
  });
  if (text.length > MAX_SCHEMA_CHARS)
    return refuse([{ path: '', message: `A schema has at most ${MAX_SCHEMA_CHARS} characters.` }]);
  const parsed = parseSchema(text);
  if (!('value' in parsed)) return refuse([parsed]);
  const { problems, warnings } = inspectSchema(parsed.value);
  if (problems.length > 0 || !isSchema(parsed.value)) return refuse(problems, warnings);
  const wrong = formProblems(parsed.value);
  if (wrong.length > 0) return refuse(wrong, warnings);

  const { $schema: _, ...schema } = parsed.value;
  let validate: ValidateFunction;
  try {
    validate = createRuleAjv().compile(withoutPersonal(schema) as Schema);
  } catch (error) {
    // A few rules of form are not in JSON Schema's own schema, e.g. that an enum is not empty.
    if (!(error instanceof Error)) throw error;
    return refuse([{ path: '', message: `The schema can’t be used: ${error.message}.` }], warnings);
  }
  const names = fieldNames(schema);
  return {
    problems: [],
    warnings,
    check: (data) => (validate(data) ? null : `customData${firstReason(validate.errors, names)}`),
  };
};

/** `.items[].price: must be number`, with `*` for a field's name that the rule does not give. */
const firstReason = (errors: readonly ErrorObject[] | null | undefined, names: ReadonlySet<string>): string => {
  const named = (errors ?? []).map((error) => ({
    ...error,
    instancePath: error.instancePath
      .split('/')
      .map((part) => (part === '' || /^\d+$/.test(part) || names.has(part) ? part : '*'))
      .join('/'),
  }));
  const reason = firstError(named);
  return reason.startsWith('event: ') ? reason.slice('event'.length) : `.${reason}`;
};
