/**
 * Checks every operation in `server/shopify/operations` against the Admin API schema and writes, typed from both:
 *   server/shopify/generated/admin.ts   result and variable types, and each operation as a text that carries them
 *   demo/generated/admin-sdl.ts         the schema as a module, since the stand-in store executes it and bundlers have no `.graphql`
 * `--check` writes nothing and fails when an operation does not fit or a file is stale.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { codegen } from '@graphql-codegen/core';
import * as operationTypes from '@graphql-codegen/typescript-operations';
import {
  buildSchema,
  concatAST,
  GraphQLError,
  Kind,
  NoUnusedFragmentsRule,
  parse,
  print,
  Source,
  specifiedRules,
  validate,
  visit,
} from 'graphql';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SCHEMA = 'server/shopify/schema/admin-2026-10.graphql';
const OPERATIONS = 'server/shopify/operations';
const GENERATED = 'server/shopify/generated/admin.ts';
const SDL_MODULE = 'demo/generated/admin-sdl.ts';

const SCALARS = {
  ARN: 'string',
  Date: 'string',
  FormattedString: 'string',
  DateTime: 'string',
  Decimal: 'string',
  HTML: 'string',
  JSON: 'unknown',
  Money: 'string',
  UnsignedInt64: 'string',
  URL: 'string',
};

// The class of @graphql-codegen/typed-document-node needs a package only for its type, and syntax that Node can't erase.
const TYPED_TEXT = `/** The text of an operation, carrying the types of its result and variables. */
export class TypedDocumentString<Result, Variables> extends String {
  declare readonly __apiType?: ((variables: Variables) => Result) | undefined;
  override toString(): string {
    return this.valueOf();
  }
}
`;

/** Names of the fragments that a definition needs, through other fragments as well. */
const fragmentsOf = (definition, fragments, found = new Set()) => {
  visit(definition, {
    enter: (node) => {
      if (node.kind !== Kind.FRAGMENT_SPREAD || found.has(node.name.value)) return;
      const fragment = fragments.get(node.name.value);
      if (!fragment) return;
      found.add(node.name.value);
      fragmentsOf(fragment, fragments, found);
    },
  });
  return found;
};

/** A file's text with the line ends of the repository, whatever git made of them here. */
const readText = async (path) => (await readFile(join(ROOT, path), 'utf8')).replaceAll('\r\n', '\n');

/** A code generation plugin: one typed text for each operation, its fragments included. */
const typedTexts = {
  plugin: (_schema, documents) => {
    const { definitions } = concatAST(documents.map((entry) => entry.document));
    const fragments = new Map(
      definitions.filter((entry) => entry.kind === Kind.FRAGMENT_DEFINITION).map((entry) => [entry.name.value, entry]),
    );
    const texts = definitions
      .filter((entry) => entry.kind === Kind.OPERATION_DEFINITION)
      .map((entry) => {
        const { value: name } = entry.name;
        const type = `${name}${entry.operation === 'query' ? 'Query' : 'Mutation'}`;
        const parts = [entry, ...[...fragmentsOf(entry, fragments)].sort().map((fragment) => fragments.get(fragment))];
        const text = parts.map((part) => print(part)).join('\n');
        return `export const ${name}Document = new TypedDocumentString<${type}, ${type}Variables>(${JSON.stringify(text)});`;
      });
    return { content: [TYPED_TEXT, ...texts].join('\n') };
  },
};

const inOneLine = (error, file) => {
  const place = error.locations?.[0];
  const source = error.source?.name ?? error.nodes?.[0]?.loc?.source.name ?? file;
  return `${source}${place ? `:${place.line}:${place.column}` : ''}  ${error.message}`;
};

/**
 * The generated module.
 * @param schemaText SDL
 * @param operations `{ name, text }` of each `.graphql` file
 * @throws Error naming file, line and field of each operation that does not fit the schema
 */
export const generateOperations = async (schemaText, operations) => {
  const schema = buildSchema(schemaText);
  const problems = [];
  const documents = [];
  for (const { name, text } of operations) {
    try {
      documents.push({ location: name, document: parse(new Source(text, name)) });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      problems.push(inOneLine(error, name));
    }
  }
  const all = concatAST(documents.map((entry) => entry.document));
  const rules = specifiedRules.filter((rule) => rule !== NoUnusedFragmentsRule);
  for (const error of validate(schema, all, rules)) problems.push(inOneLine(error, OPERATIONS));
  for (const definition of all.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION && !definition.name)
      problems.push(`${definition.loc?.source.name}: an operation has no name`);
  }
  if (problems.length > 0)
    throw new Error(
      `${problems.length} problem(s): operations do not fit the Admin API schema\n  ${problems.join('\n  ')}`,
    );
  const body = await codegen({
    schema: parse(schemaText),
    documents,
    filename: GENERATED,
    config: {
      scalars: SCALARS,
      strictScalars: true,
      immutableTypes: true,
      disableDescriptions: true,
    },
    plugins: [{ operations: {} }, { texts: {} }],
    pluginMap: { operations: operationTypes, texts: typedTexts },
    pluginContext: {},
  });
  return `// Written by scripts/codegen.mjs from ${OPERATIONS} and the Admin API schema; do not edit.\n${body}\n`;
};

const readOperations = async () => {
  const names = (await readdir(join(ROOT, OPERATIONS))).filter((name) => name.endsWith('.graphql')).sort();
  return Promise.all(
    names.map(async (name) => ({
      name: `${OPERATIONS}/${name}`,
      text: await readText(join(OPERATIONS, name)),
    })),
  );
};

/** Everything this script writes, as path and content. */
export const generateAll = async () => {
  const schemaText = await readText(SCHEMA);
  return [
    { path: GENERATED, content: await generateOperations(schemaText, await readOperations()) },
    {
      path: SDL_MODULE,
      content: `// Written by scripts/codegen.mjs from ${SCHEMA}; do not edit.\n/** The part of the Admin API schema that the stand-in store executes. */\nexport const adminSdl = ${JSON.stringify(schemaText)};\n`,
    },
  ];
};

const isSame = async ({ path, content }) => {
  try {
    return (await readText(path)) === content;
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
};

const main = async () => {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const files = await generateAll();
  if (!values.check) {
    for (const { path, content } of files) {
      await mkdir(dirname(join(ROOT, path)), { recursive: true });
      await writeFile(join(ROOT, path), content);
      console.log(`wrote ${relative('.', join(ROOT, path))}`);
    }
    return;
  }
  const stale = [];
  for (const file of files) if (!(await isSame(file))) stale.push(file.path);
  if (stale.length > 0) throw new Error(`stale: ${stale.join(', ')}. Run: npm run codegen`);
  console.log('every operation fits the Admin API schema; generated files are current');
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
