import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import {
  buildSchema,
  concatAST,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
  NoUnusedFragmentsRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminSchema } from './graphql/schema.ts';
import { type DemoStore, startDemoStore } from './store.ts';
import { graphql } from './testing/harness.ts';

const OPERATIONS = new URL('../server/shopify/operations/', import.meta.url);

/**
 * The types in use as the full schema has them, with all their fields and arguments. `npm run schema:prune` writes this and the schema kept
 * here from one introspection of Shopify's.
 */
const wholeTypes = async () => {
  const file = new URL('../server/shopify/schema/admin-2026-10-whole-types.graphql.gz', import.meta.url);
  return buildSchema((await promisify(gunzip)(await readFile(file))).toString('utf8'));
};

describe('operations of the backend', () => {
  it('fit the full 2026-10 schema, not just the part of it kept here', async () => {
    const names = (await readdir(OPERATIONS)).filter((name) => name.endsWith('.graphql'));
    const texts = await Promise.all(names.map((name) => readFile(new URL(name, OPERATIONS), 'utf8')));
    const rules = specifiedRules.filter((rule) => rule !== NoUnusedFragmentsRule);
    const errors = validate(await wholeTypes(), concatAST(texts.map((text) => parse(text))), rules);
    expect(errors.map((error) => error.message)).toEqual([]);
  });

  it('use types whose kept fields, and the arguments kept of them, are the same in the full schema', async () => {
    const whole = await wholeTypes();
    const different: string[] = [];
    let fieldsLeftOut = 0;
    for (const type of Object.values(adminSchema().getTypeMap())) {
      if (!isObjectType(type) || type.name.startsWith('__')) continue;
      const other = whole.getType(type.name);
      const fields = isObjectType(other) ? other.getFields() : {};
      fieldsLeftOut += Object.keys(fields).length - Object.keys(type.getFields()).length;
      for (const field of Object.values(type.getFields())) {
        const full = fields[field.name];
        if (String(full?.type) !== String(field.type)) different.push(`${type.name}.${field.name}`);
        for (const arg of field.args)
          if (String(full?.args.find(({ name }) => name === arg.name)?.type) !== String(arg.type))
            different.push(`${type.name}.${field.name}(${arg.name})`);
      }
    }
    expect(different).toEqual([]);
    // Otherwise the schema kept here would be compared with itself.
    expect(fieldsLeftOut).toBeGreaterThan(500);
  });
});

describe('every field of the kept schema', () => {
  let store: DemoStore;
  beforeAll(async () => {
    store = await startDemoStore({ products: 30, orders: 300, customers: 60, throttle: { maximum: 9_000_000 } });
    const create = `mutation { webhookSubscriptionCreate(topic: ORDERS_CREATE, webhookSubscription: { uri: "https://shop.example/hooks" }) { userErrors { message } }
      webPixelCreate(webPixel: { settings: { accountID: "1", endpoint: "https://shop.example/pixel" } }) { userErrors { message } }
      bulkOperationRunQuery(query: "{ products { nodes { id } } }") { userErrors { message } } }`;
    expect((await graphql(store, create)).errors).toEqual([]);
  });
  afterAll(() => store.close());

  const ARGS: Readonly<Record<string, string>> = { names: '["available"]', key: '"care"', first: '3' };
  /** Selects a field and, below it, whatever costs nothing, to this depth. */
  const select = (type: GraphQLOutputType, depth: number): string | null => {
    const named = getNamedType(type);
    if (isLeafType(named)) return '';
    if (!isObjectType(named)) return '{ __typename }';
    const inner = Object.values(named.getFields()).flatMap((field) => fieldText(named, field.name, depth - 1) ?? []);
    return inner.length > 0 ? `{ ${inner.join(' ')} }` : null;
  };
  const fieldText = (parent: GraphQLObjectType, name: string, depth: number): string | null => {
    const field = parent.getFields()[name];
    if (!field) return null;
    const isRow = name === 'nodes' || name === 'edges' || name === 'node' || name === 'pageInfo';
    if (depth < 0 && !isRow && !isLeafType(getNamedType(field.type))) return null;
    const args = field.args
      .filter((arg) => isNonNullType(arg.type) || arg.name === 'first')
      .map((arg) => `${arg.name}: ${ARGS[arg.name] ?? 'null'}`);
    const inner = select(field.type, isRow ? depth + 1 : depth);
    return inner === null ? null : `${name}${args.length > 0 ? `(${args.join(', ')})` : ''} ${inner}`;
  };
  const ROOTS = [
    ['Product', 'products(first: 3) { nodes { % } }'],
    ['ProductVariant', 'productVariants(first: 3) { nodes { % } }'],
    ['Order', 'orders(first: 60) { nodes { % } }'],
    ['Customer', 'customers(first: 20) { nodes { % } }'],
    ['Location', 'locations(first: 3) { nodes { % } }'],
    ['WebhookSubscription', 'webhookSubscriptions(first: 3) { nodes { % } }'],
    ['BulkOperation', 'bulkOperations(first: 3) { nodes { % } }'],
    ['WebPixel', 'webPixel { % }'],
    ['Shop', 'shop { % }'],
    ['AppInstallation', 'currentAppInstallation { % }'],
  ] as const;

  it.each(ROOTS)('of %s has an answer', async (typeName, frame) => {
    const type = adminSchema().getType(typeName);
    if (!isObjectType(type)) throw new Error(`no type ${typeName}`);
    const failures: string[] = [];
    for (const name of Object.keys(type.getFields())) {
      const text = fieldText(type, name, 2);
      if (text === null) continue;
      const result = await graphql(store, `{ ${frame.replace('%', text)} }`);
      const [error] = result.errors;
      if (error && error.extensions?.code !== 'MAX_COST_EXCEEDED') failures.push(`${name}: ${error.message}`);
    }
    expect(failures).toEqual([]);
  });
});
