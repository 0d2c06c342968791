/** A JSON value as the lines of a collapsible tree. Pure; the view only draws the lines that are on screen. */

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';

export interface JsonLine {
  /** Position in the value, e.g. `$.items[0].price`; unique. */
  readonly path: string;
  readonly depth: number;
  /** Name of the member, or index in the array; `null` at the root. */
  readonly key: string | null;
  readonly kind: JsonKind;
  /** What stands on the line; a closed or empty container shows how much it holds. */
  readonly text: string;
  readonly expandable: boolean;
  readonly expanded: boolean;
}

const LONGEST_TEXT = 400;
const PLAIN_KEY = /^[A-Za-z_$][\w$]*$/;

const kindOf = (value: unknown): JsonKind => {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  if (type === 'bigint') return 'number';
  if (type === 'object' || type === 'number' || type === 'boolean') return type;
  return 'string';
};

const childrenOf = (value: unknown): readonly (readonly [key: string, value: unknown])[] => {
  if (Array.isArray(value)) return value.map((item, index) => [String(index), item] as const);
  if (typeof value === 'object' && value !== null) return Object.entries(value);
  return [];
};

const childPath = (path: string, kind: JsonKind, key: string): string => {
  if (kind === 'array') return `${path}[${key}]`;
  return PLAIN_KEY.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
};

const leafText = (value: unknown): string => {
  const text = typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? 'null');
  return text.length <= LONGEST_TEXT
    ? text
    : `${text.slice(0, LONGEST_TEXT)}… (${text.length.toLocaleString('en')} characters)`;
};

const containerText = (kind: JsonKind, count: number): string => {
  if (count === 0) return kind === 'array' ? '[]' : '{}';
  const noun = kind === 'array' ? (count === 1 ? 'item' : 'items') : count === 1 ? 'field' : 'fields';
  return kind === 'array' ? `[ ${count} ${noun} ]` : `{ ${count} ${noun} }`;
};

export interface TreeState {
  /** Containers nearer to the root than this are open unless toggled. */
  readonly openDepth: number;
  readonly toggled: ReadonlySet<string>;
  /** Open whatever was toggled: these hold a match of the search. */
  readonly forced: ReadonlySet<string>;
}

export const toLines = (value: unknown, state: TreeState): JsonLine[] => {
  const lines: JsonLine[] = [];
  const visit = (item: unknown, path: string, key: string | null, depth: number): void => {
    const kind = kindOf(item);
    const children = childrenOf(item);
    const expandable = children.length > 0;
    const openByDefault = depth < state.openDepth;
    const expanded = expandable && (state.forced.has(path) || openByDefault !== state.toggled.has(path));
    const container = kind === 'object' || kind === 'array';
    lines.push({
      path,
      depth,
      key,
      kind,
      text: container ? containerText(kind, children.length) : leafText(item),
      expandable,
      expanded,
    });
    if (!expanded) return;
    for (const [childKey, child] of children) visit(child, childPath(path, kind, childKey), childKey, depth + 1);
  };
  visit(value, '$', null, 0);
  return lines;
};

export interface Matches {
  /** In the order of the lines. */
  readonly paths: readonly string[];
  /** Containers to be opened so that every match shows. */
  readonly ancestors: ReadonlySet<string>;
}

const MOST_MATCHES = 500;

/** Members whose name or value contains the text, whatever is collapsed. */
export const findMatches = (value: unknown, needle: string): Matches => {
  const paths: string[] = [];
  const ancestors = new Set<string>();
  const wanted = needle.trim().toLowerCase();
  if (wanted === '') return { paths, ancestors };
  const visit = (item: unknown, path: string, key: string | null, above: readonly string[]): void => {
    if (paths.length >= MOST_MATCHES) return;
    const kind = kindOf(item);
    const leaf = kind !== 'object' && kind !== 'array';
    const inKey = key?.toLowerCase().includes(wanted);
    const inValue = leaf && String(item).toLowerCase().includes(wanted);
    if (inKey || inValue) {
      paths.push(path);
      for (const ancestor of above) ancestors.add(ancestor);
    }
    const below = [...above, path];
    for (const [childKey, child] of childrenOf(item)) visit(child, childPath(path, kind, childKey), childKey, below);
  };
  visit(value, '$', null, []);
  return { paths, ancestors };
};

/** Shopify's ids can be larger than what a number holds exactly; an inspector must not round them. */
const keepLongIntegers = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
    ? BigInt(context?.source ?? value)
    : value;

/** A payload as it came; text that is no JSON stays text. */
export const parsePayload = (text: string): { readonly value: unknown; readonly valid: boolean } => {
  try {
    return { value: JSON.parse(text, keepLongIntegers) as unknown, valid: true };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { value: text, valid: false };
  }
};
