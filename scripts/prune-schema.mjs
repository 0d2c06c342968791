/**
 * Writes the part of Shopify's Admin API schema that the project uses: `server/shopify/schema/admin-2026-10.graphql`.
 * The full introspection (3,500 types) comes from Shopify's own package; at 100 MB unpacked it is fetched for the run
 * instead of being a dependency. The SDL is committed, so only a change of API version or of `schema-fields.mjs` needs this.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import {
  buildClientSchema,
  buildSchema,
  getNamedType,
  getNullableType,
  Kind,
  lexicographicSortSchema,
  parse,
  printSchema,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { DROPPED_ARGS, KEEP } from './schema-fields.mjs';

const API_VERSION = '2026-10';
const PACKAGE = '@shopify/dev-mcp@1.16.0';
const OPERATIONS = new URL('../server/shopify/operations/', import.meta.url);
const OUTPUT = new URL(`../server/shopify/schema/admin-${API_VERSION}.graphql`, import.meta.url);
/** For `demo/fidelity.test.ts`: what the operations are checked against, so that the part kept is not the measure of itself. */
const WITNESS = new URL(`../server/shopify/schema/admin-${API_VERSION}-whole-types.graphql.gz`, import.meta.url);
const BUILT_IN_DIRECTIVES = new Set(['include', 'skip', 'deprecated', 'specifiedBy', 'oneOf']);

const named = (type) => (type.ofType ? named(type.ofType) : type);
const isRequired = (input) => input.type.kind === 'NON_NULL' && input.defaultValue === null;

/** The full introspection, from the package's tarball. */
const fetchIntrospection = async () => {
  const run = promisify(execFile);
  const folder = await mkdtemp(join(tmpdir(), 'backroom-schema-'));
  try {
    // npm and tar are commands on all three systems (bsdtar on Windows); npm.cmd needs a shell there.
    await run('npm', ['pack', PACKAGE, '--silent'], { cwd: folder, shell: process.platform === 'win32' });
    const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
    if (!tarball) throw new Error(`npm pack ${PACKAGE} left no tarball`);
    const entry = `package/dist/data/admin_${API_VERSION}.json.gz`;
    await run('tar', ['-xzf', tarball, entry], { cwd: folder });
    return JSON.parse(gunzipSync(await readFile(join(folder, entry))).toString('utf8')).data;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** The texts of all operations. */
const readOperations = async () => {
  const names = (await readdir(OPERATIONS)).filter((name) => name.endsWith('.graphql')).sort();
  return Promise.all(names.map((name) => readFile(new URL(name, OPERATIONS), 'utf8')));
};

/**
 * The fields per type that documents name, input fields included, beside those of `keep`.
 * @param introspection the `data` of a full introspection answer
 * @param documents GraphQL texts; what does not exist in the schema is left to `codegen` to report with its place
 */
export const withFieldsOf = (introspection, documents, keep = KEEP) => {
  const schema = buildClientSchema(introspection);
  const fields = new Map(
    Object.entries(keep).map(([type, names]) => [type, new Set(names.split(/\s+/).filter(Boolean))]),
  );
  const add = (type, name) => {
    const known = fields.get(type.name) ?? new Set();
    if (name !== undefined) known.add(name);
    fields.set(type.name, known);
  };
  const addInput = (type) => {
    const named = getNamedType(type);
    if (!named || !('getFields' in named)) return;
    // A variable may bring any field, so a new input type comes whole as far as Shopify requires it.
    if (!fields.has(named.name)) add(named);
    for (const field of Object.values(named.getFields()))
      if (field.type !== getNullableType(field.type) && field.defaultValue === undefined) add(named, field.name);
  };
  for (const text of documents) {
    const info = new TypeInfo(schema);
    visit(
      parse(text),
      visitWithTypeInfo(info, {
        [Kind.FIELD]: () => {
          const parent = info.getParentType();
          const field = info.getFieldDef();
          if (!parent || !field || field.name.startsWith('__')) return;
          add(parent, field.name);
          const type = getNamedType(field.type);
          if ('getFields' in type || 'getTypes' in type) add(type);
        },
        [Kind.INLINE_FRAGMENT]: () => {
          const type = info.getType();
          if (type) add(getNamedType(type));
        },
        [Kind.VARIABLE_DEFINITION]: () => {
          const type = info.getInputType();
          if (type) addInput(type);
        },
        [Kind.OBJECT_FIELD]: (node) => {
          const parent = getNamedType(info.getParentInputType());
          if (parent) add(parent, node.name.value);
        },
      }),
    );
  }
  return Object.fromEntries([...fields].map(([type, names]) => [type, [...names].join(' ')]));
};

/**
 * Keeps the declared fields of the declared types, with their real types and arguments.
 * @param introspection the `data` of a full introspection answer
 */
export const pruneIntrospection = (introspection, keep = KEEP, droppedArgs = DROPPED_ARGS) => {
  const full = introspection.__schema;
  const byName = new Map(full.types.map((type) => [type.name, type]));
  const unusedDrops = new Set(droppedArgs);
  const problems = [];
  const reached = new Set();
  const queue = [full.queryType.name, full.mutationType.name];
  const out = [];

  const reach = (type, from) => {
    const target = named(type);
    const isLeaf = target.kind === 'SCALAR' || target.kind === 'ENUM';
    if (!isLeaf && !(target.name in keep)) problems.push(`${from}: the type ${target.name} is not listed`);
    else if (!reached.has(target.name)) queue.push(target.name);
  };
  const chosenFields = (type, all) => {
    const wanted = (keep[type.name] ?? '').split(/\s+/).filter(Boolean);
    for (const name of wanted)
      if (!all.some((field) => field.name === name)) problems.push(`${type.name}.${name} does not exist`);
    const chosen = all.filter((field) => wanted.includes(field.name));
    for (const field of chosen) reach(field.type, `${type.name}.${field.name}`);
    return chosen;
  };
  const chosenArgs = (type, field) =>
    field.args.filter((arg) => {
      const label = `${type.name}.${field.name}(${arg.name})`;
      const dropped = unusedDrops.delete(label) || arg.isDeprecated === true;
      if (dropped && isRequired(arg)) problems.push(`${label} is required and cannot be dropped`);
      if (!dropped) reach(arg.type, label);
      return !dropped;
    });
  const keptInterfaces = (type) => (type.interfaces ?? []).filter((entry) => entry.name in keep);

  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    if (reached.has(name)) continue;
    reached.add(name);
    const type = byName.get(name);
    if (!type) throw new Error(`the type ${name} does not exist in ${API_VERSION}`);
    const bare = { ...type, description: null };
    if (type.kind === 'OBJECT' || type.kind === 'INTERFACE') {
      bare.fields = chosenFields(type, type.fields).map((field) => ({
        ...field,
        description: null,
        args: chosenArgs(type, field).map((arg) => ({ ...arg, description: null })),
      }));
      bare.interfaces = keptInterfaces(type);
      for (const entry of bare.interfaces) reach(entry, name);
      if (type.kind === 'INTERFACE') {
        bare.possibleTypes = type.possibleTypes.filter((entry) => entry.name in keep);
        for (const entry of bare.possibleTypes) reach(entry, name);
      }
    } else if (type.kind === 'UNION') {
      bare.possibleTypes = type.possibleTypes.filter((entry) => entry.name in keep);
      for (const entry of bare.possibleTypes) reach(entry, name);
    } else if (type.kind === 'INPUT_OBJECT') {
      bare.inputFields = chosenFields(type, type.inputFields).map((field) => ({ ...field, description: null }));
      for (const field of type.inputFields) {
        if (isRequired(field) && !bare.inputFields.some((kept) => kept.name === field.name))
          problems.push(`${name}.${field.name} is required and not listed`);
      }
    } else if (type.kind === 'ENUM') {
      bare.enumValues = type.enumValues.map((value) => ({ ...value, description: null }));
    }
    out.push(bare);
  }
  for (const name of Object.keys(keep))
    if (!reached.has(name)) problems.push(`${name} is listed, and nothing leads to it`);
  for (const label of unusedDrops) problems.push(`${label} does not exist`);
  if (problems.length > 0)
    throw new Error(`schema-fields.mjs does not fit Admin API ${API_VERSION}:\n  ${problems.join('\n  ')}`);
  return {
    __schema: {
      ...full,
      description: null,
      types: out,
      directives: full.directives.filter((entry) => BUILT_IN_DIRECTIVES.has(entry.name)),
    },
  };
};

/**
 * Every type that the pruned schema has, whole: all fields, arguments, values. What those lead to beyond it stands there by name, with its
 * leaves only.
 * @param introspection the `data` of a full introspection answer
 * @param kept names of the pruned schema's types
 */
export const wholeTypes = (introspection, kept) => {
  const full = introspection.__schema;
  const byName = new Map(full.types.map((type) => [type.name, type]));
  const out = new Map();
  const queue = [];
  const reach = (type) => queue.push(named(type).name);
  const isLeaf = (type) => ['SCALAR', 'ENUM'].includes(named(type).kind);
  const bareField = (field) => ({
    ...field,
    description: null,
    args: field.args.map((arg) => ({ ...arg, description: null })),
  });
  const add = (name) => {
    if (out.has(name)) return;
    const type = byName.get(name);
    const isWhole = kept.has(name);
    const bare = { ...type, description: null };
    out.set(name, bare);
    if (type.fields) {
      const leaves = type.fields.filter((field) => isLeaf(field.type) && field.args.length === 0);
      const some = leaves.length > 0 ? leaves.slice(0, 1) : type.fields.slice(0, 1);
      bare.fields = (isWhole ? type.fields : some).map(bareField);
      bare.interfaces = isWhole ? type.interfaces.filter((entry) => kept.has(entry.name)) : [];
      for (const field of bare.fields) {
        reach(field.type);
        for (const arg of field.args) reach(arg.type);
      }
    }
    if (type.inputFields) {
      bare.inputFields = type.inputFields.map((field) => ({ ...field, description: null }));
      for (const field of bare.inputFields) reach(field.type);
    }
    if (type.enumValues) bare.enumValues = type.enumValues.map((value) => ({ ...value, description: null }));
    if (type.possibleTypes) {
      const members = type.possibleTypes.filter((entry) => kept.has(entry.name));
      bare.possibleTypes = isWhole || members.length > 0 ? members : type.possibleTypes.slice(0, 1);
      if (type.kind === 'UNION') for (const entry of bare.possibleTypes) reach(entry);
    }
  };
  for (const name of kept) add(name);
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) add(name);
  const directives = full.directives.filter((entry) => BUILT_IN_DIRECTIVES.has(entry.name));
  return { __schema: { ...full, description: null, types: [...out.values()], directives } };
};

/** The pruned schema as text, the same text for the same input. */
export const toSdl = (introspection) => {
  const sdl = printSchema(lexicographicSortSchema(buildClientSchema(introspection)));
  buildSchema(sdl);
  return `# Shopify Admin API ${API_VERSION}, the part in use. Written by scripts/prune-schema.mjs; do not edit.\n\n${sdl}\n`;
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const introspection = await fetchIntrospection();
  const keep = withFieldsOf(introspection, await readOperations());
  const pruned = pruneIntrospection(introspection, keep);
  const sdl = toSdl(pruned);
  await writeFile(OUTPUT, sdl);
  const whole = gzipSync(toSdl(wholeTypes(introspection, new Set(pruned.__schema.types.map(({ name }) => name)))), {
    level: 9,
  });
  await writeFile(WITNESS, whole);
  console.log(`wrote ${sdl.length} bytes, and ${whole.length} of whole types`);
}
