import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { generateAll, generateOperations } from './codegen.mjs';
import { pruneIntrospection } from './prune-schema.mjs';

const schema = await readFile(new URL('../server/shopify/schema/admin-2026-10.graphql', import.meta.url), 'utf8');
const operation = (text) => [{ name: 'operations/sample.graphql', text }];

describe('codegen', () => {
  it('fails with file, line and name of a field that Shopify does not have', async () => {
    const wrong = operation('query Wrong {\n  shop {\n    nmae\n  }\n}');
    await expect(generateOperations(schema, wrong)).rejects.toThrow(/sample\.graphql:3:5 .*"nmae".*"Shop"/);
  });

  it('names wrong arguments, missing variables and syntax errors, all in one message', async () => {
    const wrong = [
      ...operation('query A { products(frist: 1) { nodes { id } } }'),
      { name: 'operations/b.graphql', text: 'query B { product(id: $id) { id } }' },
      { name: 'operations/c.graphql', text: 'query C { shop { name }' },
    ];
    const failure = await generateOperations(schema, wrong).then(
      () => '',
      (error) => error.message,
    );
    expect(failure).toContain('3 problem(s)');
    expect(failure).toContain('"frist"');
    expect(failure).toContain('"$id"');
    expect(failure).toContain('operations/c.graphql:1');
  });

  it('writes a typed text that carries its fragments', async () => {
    const text = 'query Q { shop { ...Name } }\nfragment Name on Shop { name }';
    const module = await generateOperations(schema, operation(text));
    expect(module).toContain('export const QDocument = new TypedDocumentString<QQuery, QQueryVariables>(');
    expect(module).toContain('fragment Name on Shop');
  });

  it('has current files in the repository', async () => {
    for (const { path, content } of await generateAll()) {
      const committed = await readFile(new URL(`../${path}`, import.meta.url), 'utf8');
      expect(committed.replaceAll('\r\n', '\n') === content, `${path} is stale; run npm run codegen`).toBe(true);
    }
  });
});

describe('pruneIntrospection', () => {
  const named = (kind, name) => ({ kind, name, ofType: null });
  const field = (name, type, args = []) => ({ name, type, args, isDeprecated: false });
  const full = {
    __schema: {
      queryType: { name: 'QueryRoot' },
      mutationType: { name: 'Mutation' },
      directives: [],
      types: [
        {
          ...named('OBJECT', 'QueryRoot'),
          interfaces: [],
          fields: [field('shop', named('OBJECT', 'Shop')), field('secret', named('SCALAR', 'String'))],
        },
        { ...named('OBJECT', 'Mutation'), interfaces: [], fields: [] },
        { ...named('OBJECT', 'Shop'), interfaces: [], fields: [field('name', named('SCALAR', 'String'))] },
        named('SCALAR', 'String'),
      ],
    },
  };

  it('keeps the declared fields and nothing else', () => {
    const pruned = pruneIntrospection(full, { QueryRoot: 'shop', Mutation: '', Shop: 'name' }, []);
    expect(pruned.__schema.types.map((type) => type.name)).toEqual(['QueryRoot', 'Mutation', 'Shop', 'String']);
    expect(pruned.__schema.types[0].fields.map((entry) => entry.name)).toEqual(['shop']);
  });

  it('stops at a field or type that the schema or the list lacks', () => {
    expect(() => pruneIntrospection(full, { QueryRoot: 'shop shops', Mutation: '' }, [])).toThrow(
      /QueryRoot\.shops[\s\S]*type Shop is not listed/,
    );
  });
});
