import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLNamedType,
  getArgumentValues,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  NoUnusedFragmentsRule,
  parse,
  type SelectionSetNode,
  specifiedRules,
  validate,
} from 'graphql';
import { adminSchema } from '../graphql/schema.ts';

/** One selected field of a bulk query. `only` holds the types a fragment limits it to. */
export interface BulkField {
  readonly key: string;
  readonly name: string;
  /** The type it is a field of. */
  readonly parent: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly only: ReadonlySet<string> | null;
  readonly kind: 'leaf' | 'object' | 'list' | 'connection';
  /** Of the object, of each entry of the list, or of each row of the connection. */
  readonly fields: readonly BulkField[];
}

/** A bulk query made ready to run, or what Shopify would say about it. */
export type BulkPlan = { readonly fields: readonly BulkField[] } | { readonly problem: string };

const MAX_CONNECTIONS = 5;
const MAX_NESTING = 2;

const isConnection = (type: GraphQLNamedType): boolean => type.name.endsWith('Connection');
const isListField = (field: GraphQLField<unknown, unknown>): boolean =>
  isListType(isNonNullType(field.type) ? field.type.ofType : field.type);

/**
 * Reads a bulk query under Shopify's rules: at least one connection, at most five, nested at most two deep below the top one, ids on the
 * rows that have connections, none inside a plain list, and no `node` at the top.
 * https://shopify.dev/docs/api/usage/bulk-operations/queries#operation-restrictions
 */
export const planBulkQuery = (text: string): BulkPlan => {
  const schema = adminSchema();
  try {
    const document = parse(text);
    const rules = specifiedRules.filter((rule) => rule !== NoUnusedFragmentsRule);
    const [invalid] = validate(schema, document, rules);
    if (invalid) {
      const field = /^Cannot query field "(\w+)" on type "(\w+)"/.exec(invalid.message);
      const message = field ? `Field '${field[1]}' doesn't exist on type '${field[2]}'` : invalid.message;
      return { problem: `Invalid bulk query: ${message}` };
    }
    const operations = document.definitions.filter((entry) => entry.kind === Kind.OPERATION_DEFINITION);
    const [operation] = operations;
    if (!operation || operations.length > 1 || operation.operation !== 'query')
      return { problem: 'Invalid bulk query: The document must hold exactly one query.' };
    const fragments = new Map(
      document.definitions
        .filter((entry): entry is FragmentDefinitionNode => entry.kind === Kind.FRAGMENT_DEFINITION)
        .map((entry) => [entry.name.value, entry]),
    );
    const root = schema.getQueryType();
    if (!root) throw new Error('the schema has no queries');
    const problems: string[] = [];
    const withoutId: string[] = [];
    let connections = 0;

    const read = (
      set: SelectionSetNode | undefined,
      type: GraphQLNamedType,
      only: ReadonlySet<string> | null,
      place: { readonly depth: number; readonly inList: boolean },
    ): BulkField[] => {
      const fields: BulkField[] = [];
      for (const selection of set?.selections ?? []) {
        if (selection.kind === Kind.FIELD) fields.push(...readField(selection, type, only, place));
        else {
          const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
          const condition = fragment?.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type;
          if (!condition) continue;
          const members = isAbstractType(condition)
            ? schema.getPossibleTypes(condition).map((member) => member.name)
            : [condition.name];
          fields.push(...read(fragment?.selectionSet, condition, condition === type ? only : new Set(members), place));
        }
      }
      return fields;
    };

    const readField = (
      node: FieldNode,
      parent: GraphQLNamedType,
      only: ReadonlySet<string> | null,
      place: { readonly depth: number; readonly inList: boolean },
    ): BulkField[] => {
      const name = node.name.value;
      const key = node.alias?.value ?? name;
      if (name === '__typename') return [{ key, name, parent: parent.name, args: {}, only, kind: 'leaf', fields: [] }];
      const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
      if (!field) return [];
      const named = getNamedType(field.type);
      const base = { key, name, parent: parent.name, args: getArgumentValues(field, node, {}), only };
      if (isLeafType(named)) return [{ ...base, kind: 'leaf', fields: [] }];
      if (!isConnection(named)) {
        const inList = place.inList || isListField(field);
        const fields = read(node.selectionSet, named, null, { ...place, inList });
        return [{ ...base, kind: isListField(field) ? 'list' : 'object', fields }];
      }
      connections += 1;
      if (place.inList) problems.push('Queries that contain a connection field within a list field are not supported.');
      if (place.depth > MAX_NESTING)
        problems.push(`Bulk queries cannot contain connections with a nesting depth greater than ${MAX_NESTING}.`);
      const fields = rowFields(node.selectionSet, named, { depth: place.depth + 1, inList: false });
      const nested = fields.filter((entry) => entry.kind === 'connection');
      if (nested.length > 0 && !fields.some((entry) => entry.key === 'id' && entry.name === 'id'))
        withoutId.push(...nested.map((entry) => entry.name));
      return [{ ...base, kind: 'connection', fields }];
    };

    /** What is selected of the rows, by `nodes { … }` or by `edges { node { … } }`. */
    const rowFields = (
      set: SelectionSetNode | undefined,
      type: GraphQLNamedType,
      place: { readonly depth: number; readonly inList: boolean },
    ): BulkField[] =>
      (set?.selections ?? []).flatMap((selection) => {
        if (selection.kind !== Kind.FIELD) {
          const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
          return rowFields(fragment?.selectionSet, type, place);
        }
        const field = isObjectType(type) ? type.getFields()[selection.name.value] : undefined;
        if (!field) return [];
        const named = getNamedType(field.type);
        if (selection.name.value === 'nodes' || selection.name.value === 'node')
          return read(selection.selectionSet, named, null, place);
        return selection.name.value === 'edges' ? rowFields(selection.selectionSet, named, place) : [];
      });

    const fields = read(operation.selectionSet, root, null, { depth: 0, inList: false });
    if (fields.some((field) => field.name === 'node' || field.name === 'nodes'))
      problems.unshift("Bulk queries cannot contain the top-level fields 'node' and 'nodes'.");
    if (connections === 0) problems.unshift('Bulk queries must contain at least one connection.');
    if (connections > MAX_CONNECTIONS)
      problems.unshift(`Bulk queries cannot contain more than ${MAX_CONNECTIONS} connections.`);
    if (withoutId.length > 0)
      problems.push(
        `The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type. Connection fields without 'id': ${withoutId.join(', ')}.`,
      );
    const [problem] = problems;
    return problem ? { problem } : { fields };
  } catch (error) {
    if (error instanceof GraphQLError) return { problem: `Invalid bulk query: ${error.message}` };
    throw error;
  }
};
