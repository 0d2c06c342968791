import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * Query cost by Shopify's rules: scalars and enums are free, an object costs 1, a connection 2 and its rows, a mutation 10, an
 * interface or union the dearest of its selections. https://shopify.dev/docs/api/usage/limits
 */
export interface CostInput {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

const MUTATION_COST = 10;
const CONNECTION_COST = 2;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The whole cost: as asked for, or, with `data`, as it turned out. */
export const queryCost = (input: CostInput, data?: unknown): number => {
  const { schema, variables } = input;
  const fragments = new Map(
    input.document.definitions
      .filter((entry): entry is FragmentDefinitionNode => entry.kind === Kind.FRAGMENT_DEFINITION)
      .map((entry) => [entry.name.value, entry]),
  );
  const isMeasured = data !== undefined;

  const argument = (field: FieldNode, name: string): number | null => {
    const value = field.arguments?.find((entry) => entry.name.value === name)?.value;
    if (value?.kind === Kind.INT) return Number(value.value);
    const given = value?.kind === Kind.VARIABLE ? variables[value.name.value] : undefined;
    return typeof given === 'number' ? given : null;
  };
  const pageSize = (field: FieldNode): number | null => argument(field, 'first') ?? argument(field, 'last');

  /** Selections by the type they apply to; '' for those of the type itself. */
  const selectionCost = (set: SelectionSetNode | undefined, type: GraphQLOutputType, value: unknown): number => {
    const named = getNamedType(type);
    let own = 0;
    let dearest = 0;
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) own += fieldCost(selection, named, value);
      else {
        const cost = fragmentCost(selection, named, value);
        if (isInterfaceType(named) || isUnionType(named)) dearest = Math.max(dearest, cost);
        else own += cost;
      }
    }
    return own + dearest;
  };

  const fragmentCost = (
    selection: Exclude<SelectionNode, FieldNode>,
    parent: GraphQLOutputType,
    value: unknown,
  ): number => {
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (!fragment) return 0;
    const condition = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : undefined;
    const type =
      condition && (isObjectType(condition) || isInterfaceType(condition) || isUnionType(condition))
        ? condition
        : parent;
    return selectionCost(fragment.selectionSet, type, value);
  };

  const fieldCost = (field: FieldNode, parent: GraphQLOutputType, parentValue: unknown): number => {
    if (field.name.value.startsWith('__') || !(isObjectType(parent) || isInterfaceType(parent))) return 0;
    const type = parent.getFields()[field.name.value]?.type;
    if (!type) return 0;
    if (parent === schema.getMutationType()) return MUTATION_COST;
    const named = getNamedType(type);
    if (isLeafType(named)) return 0;
    const value = isRecord(parentValue) ? parentValue[field.alias?.value ?? field.name.value] : undefined;
    if (isMeasured && (value === null || value === undefined)) return 0;
    if (named.name === 'PageInfo') return 0;
    if (named.name.endsWith('Connection')) return connectionCost(field, named, value);
    const bare = isNonNullType(type) ? type.ofType : type;
    if (isListType(bare)) {
      // A list without `first` counts as one object, however long it turns out.
      const rows: readonly unknown[] =
        isMeasured && Array.isArray(value) ? value : Array.from({ length: pageSize(field) ?? 1 });
      const counted = pageSize(field) === null ? rows.slice(0, 1) : rows;
      return counted.reduce<number>((sum, row) => sum + 1 + selectionCost(field.selectionSet, named, row), 0);
    }
    return 1 + selectionCost(field.selectionSet, named, value);
  };

  /** The row's cost is that of the dearer way to it, `nodes` or `edges { node }`. */
  const connectionCost = (field: FieldNode, connection: GraphQLOutputType, value: unknown): number => {
    const size = pageSize(field) ?? 0;
    let rows = 0;
    const look = (set: SelectionSetNode | undefined, type: GraphQLOutputType, at: unknown): void => {
      for (const selection of set?.selections ?? []) {
        if (selection.kind !== Kind.FIELD) {
          const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
          look(fragment?.selectionSet, type, at);
          continue;
        }
        const name = selection.name.value;
        if (!isObjectType(type) || (name !== 'nodes' && name !== 'edges')) continue;
        const rowType = type.getFields()[name]?.type;
        if (!rowType) continue;
        const list = isRecord(at) ? at[selection.alias?.value ?? name] : undefined;
        const costOf = (row: unknown): number =>
          (name === 'nodes' ? 1 : 0) + selectionCost(selection.selectionSet, getNamedType(rowType), row);
        const cost =
          isMeasured && Array.isArray(list)
            ? list.reduce<number>((sum, row) => sum + costOf(row), 0)
            : size * costOf(undefined);
        rows = Math.max(rows, cost);
      }
    };
    look(field.selectionSet, connection, value);
    return CONNECTION_COST + rows;
  };

  const root = input.operation.operation === 'mutation' ? schema.getMutationType() : schema.getQueryType();
  return root ? selectionCost(input.operation.selectionSet, root, data) : 0;
};
