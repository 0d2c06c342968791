import { PERSONAL_KEYS } from '../clean-event.ts';
import { linearPattern, PatternError } from './linear-pattern.ts';

/** Something in a schema, by its place there: `properties.price.type`. */
export interface SchemaRemark {
  readonly path: string;
  readonly message: string;
}

/** What is wrong with a schema, and what the person who wrote it should know. */
export interface Inspection {
  readonly problems: readonly SchemaRemark[];
  readonly warnings: readonly SchemaRemark[];
}

export type Schema = Readonly<Record<string, unknown>>;

const MAX_DEPTH = 16;
/** Parts of a schema with every reference followed: bounds the time that one value can take. */
const MAX_PARTS = 1000;
const MAX_REMARKS = 20;
const MAX_UNIQUE = 200;

export const FORMATS = ['date-time', 'date', 'email', 'uri', 'uuid'] as const;
const ONE: ReadonlySet<string> = new Set([
  'additionalProperties',
  'additionalItems',
  'contains',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
]);
const BY_NAME: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'definitions', '$defs']);
const LISTS: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf']);
const PLAIN: ReadonlySet<string> = new Set([
  ...['$schema', '$comment', 'title', 'description', 'default', 'examples', 'deprecated', 'readOnly', 'writeOnly'],
  ...['type', 'enum', 'const', 'required', 'minProperties', 'maxProperties'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['minLength', 'maxLength', 'pattern', 'format', 'minItems', 'maxItems', 'uniqueItems', '$ref'],
]);
const REFERENCE = /^#\/(definitions|\$defs)\/([\w.-]{1,100})$/;

export const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The definition that a reference names. */
export const definitionOf = (root: Schema, reference: unknown): unknown => {
  const [, list = '', name = ''] = (typeof reference === 'string' ? REFERENCE.exec(reference) : null) ?? [];
  const definitions = root[list];
  return isSchema(definitions) && Object.hasOwn(definitions, name) ? definitions[name] : undefined;
};

/** The schemas directly within one, each with its place. */
export const partsOf = (schema: Schema): [path: string, part: unknown][] =>
  Object.entries(schema).flatMap(([keyword, value]): [string, unknown][] => {
    if (ONE.has(keyword)) return [[keyword, value]];
    if (BY_NAME.has(keyword) && isSchema(value))
      return Object.entries(value).map(([name, part]) => [`${keyword}.${name}`, part]);
    if (keyword === 'items' && !Array.isArray(value)) return [[keyword, value]];
    if ((LISTS.has(keyword) || keyword === 'items') && Array.isArray(value))
      return value.map((part, index) => [`${keyword}[${index}]`, part]);
    return [];
  });

/**
 * Finds what would make a schema dangerous or useless: keywords it can't have, references to elsewhere or in circles, patterns and lists whose
 * price grows faster than the data. The forms of the keywords themselves are checked afterwards, by JSON Schema's own schema.
 */
export const inspectSchema = (root: unknown): Inspection => {
  const problems: SchemaRemark[] = [];
  const warnings: SchemaRemark[] = [];
  const say = (list: SchemaRemark[], path: string, message: string): void => {
    if (list.length < MAX_REMARKS) list.push({ path, message });
  };
  const join = (path: string, next: string): string => (path === '' ? next : `${path}.${next}`);
  if (!isSchema(root)) return { problems: [{ path: '', message: 'A schema is an object: { … }.' }], warnings };

  const checkPattern = (path: string, pattern: string): void => {
    try {
      linearPattern(pattern);
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      say(problems, path, `The pattern can’t be used: ${error.message}.`);
    }
  };

  const checkKeywords = (path: string, schema: Schema): void => {
    for (const keyword of Object.keys(schema))
      if (
        !ONE.has(keyword) &&
        !BY_NAME.has(keyword) &&
        !LISTS.has(keyword) &&
        !PLAIN.has(keyword) &&
        keyword !== 'items'
      )
        say(problems, join(path, keyword), `“${keyword}” is not a keyword that a rule can use.`);
    const { $schema, $ref, pattern, format, uniqueItems, maxItems } = schema;
    if (typeof $schema === 'string' && !$schema.includes('draft-07'))
      say(warnings, join(path, '$schema'), 'It is read as draft-07, whatever stands here.');
    if ($ref !== undefined && definitionOf(root, $ref) === undefined)
      say(problems, join(path, '$ref'), 'A reference must name a definition of this schema: “#/$defs/…”.');
    if (typeof pattern === 'string') checkPattern(join(path, 'pattern'), pattern);
    if (isSchema(schema.patternProperties))
      for (const name of Object.keys(schema.patternProperties)) checkPattern(join(path, 'patternProperties'), name);
    if (typeof format === 'string' && !FORMATS.some((known) => known === format))
      say(problems, join(path, 'format'), `This format is not known. There are ${FORMATS.join(', ')}.`);
    if (uniqueItems === true && !(typeof maxItems === 'number' && maxItems <= MAX_UNIQUE))
      say(problems, join(path, 'uniqueItems'), `Needs “maxItems” of at most ${MAX_UNIQUE} beside it.`);
    if (isSchema(schema.properties))
      for (const name of Object.keys(schema.properties))
        if (PERSONAL_KEYS.has(name))
          say(
            warnings,
            join(path, `properties.${name}`),
            'Personal data is emptied before it is stored: only whether the field is there can be checked.',
          );
  };

  const visit = (path: string, part: unknown, depth: number): void => {
    if (!isSchema(part)) return;
    if (depth > MAX_DEPTH) {
      say(problems, path, `It is nested more than ${MAX_DEPTH} levels deep.`);
      return;
    }
    checkKeywords(path, part);
    for (const [next, inner] of partsOf(part)) visit(join(path, next), inner, depth + 1);
  };
  visit('', root, 0);
  if (problems.length > 0) return { problems, warnings };

  const known = new Map<Schema, number>();
  const open = new Set<Schema>();
  let isCircle = false;
  const count = (part: unknown): number => {
    if (!isSchema(part)) return 1;
    const before = known.get(part);
    if (before !== undefined) return before;
    if (open.has(part)) {
      isCircle = true;
      return 1;
    }
    open.add(part);
    let parts = 1;
    for (const [path, inner] of partsOf(part)) if (!/^(?:definitions|\$defs)\./.test(path)) parts += count(inner);
    if (part.$ref !== undefined) parts += count(definitionOf(root, part.$ref));
    open.delete(part);
    known.set(part, parts);
    return parts;
  };
  const parts = count(root);
  if (isCircle) say(problems, '$ref', 'The references lead back to themselves.');
  else if (parts > MAX_PARTS)
    say(problems, '', `With its references followed it has ${parts} parts; ${MAX_PARTS} are the limit.`);
  return { problems, warnings };
};
