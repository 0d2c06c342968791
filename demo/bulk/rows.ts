import { type RequestContext, refuseDenied } from '../graphql/context.ts';
import type { BulkField } from './plan.ts';
import type { BulkLine } from './types.ts';

type View = Readonly<Record<string, unknown>>;
const PAGE = 250;

const isView = (value: unknown): value is View => typeof value === 'object' && value !== null;

/** What a resolver gives for a field: a value, or what a function makes of the arguments. */
const resolve = (view: View, field: BulkField, args: Readonly<Record<string, unknown>>, context: RequestContext) => {
  const { deniedFields } = context.shop.traps;
  if (deniedFields.length > 0) refuseDenied(deniedFields, field.parent, field.name);
  const value = view[field.name];
  return typeof value === 'function' ? (value.call(view, args, context) as unknown) : value;
};

const applies = (field: BulkField, view: View): boolean =>
  field.only === null || (typeof view.__typename === 'string' && field.only.has(view.__typename));

interface Open {
  readonly field: BulkField;
  readonly view: View;
}

/** The line's own values; the connections met on the way are left in `open`, since their rows get lines of their own. */
const project = (
  view: View,
  fields: readonly BulkField[],
  context: RequestContext,
  open: Open[],
): Record<string, unknown> => {
  const out: Record<string, unknown> = {};
  for (const field of fields) {
    if (!applies(field, view)) continue;
    if (field.kind === 'connection') {
      open.push({ field, view });
      continue;
    }
    const value = resolve(view, field, field.args, context);
    if (value === undefined || value === null) out[field.key] = null;
    else if (field.kind === 'leaf') out[field.key] = value;
    else if (field.kind === 'list')
      out[field.key] = Array.isArray(value)
        ? value.map((entry) => (isView(entry) ? project(entry, field.fields, context, open) : null))
        : null;
    else out[field.key] = isView(value) ? project(value, field.fields, context, open) : null;
  }
  return out;
};

/** Every row behind a connection, page by page through the resolver that answers ordinary queries too. */
function* rowsOf({ field, view }: Open, context: RequestContext): Generator<View> {
  let after: string | null = null;
  do {
    const page = resolve(view, field, { ...field.args, first: PAGE, last: null, after, before: null }, context) as {
      nodes: readonly View[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
    yield* page.nodes;
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
}

function* linesOf(open: Open, parentId: unknown, context: RequestContext): Generator<BulkLine> {
  for (const row of rowsOf(open, context)) {
    const nested: Open[] = [];
    const value = project(row, open.field.fields, context, nested);
    yield { value: parentId === null ? value : { ...value, __parentId: parentId }, isRoot: parentId === null };
    for (const inner of nested) yield* linesOf(inner, value.id ?? null, context);
  }
}

/**
 * The lines of a bulk query, children after their parent.
 * @param root resolvers of the root's fields
 * @throws GraphQLError as the resolvers do, for one when the app lacks a scope
 */
export function* bulkLines(root: View, fields: readonly BulkField[], context: RequestContext): Generator<BulkLine> {
  for (const field of fields) {
    if (field.kind === 'connection') {
      yield* linesOf({ field, view: root }, null, context);
      continue;
    }
    const value = resolve(root, field, field.args, context);
    if (!isView(value)) continue;
    const nested: Open[] = [];
    const line = project(value, field.fields, context, nested);
    yield { value: line, isRoot: true };
    for (const inner of nested) yield* linesOf(inner, line.id ?? null, context);
  }
}
