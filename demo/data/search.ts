/** The part of Shopify's search syntax (`query:` arguments) that the stand-in understands. */

type Operator = '=' | '>' | '>=' | '<' | '<=';
interface Term {
  readonly field: string | null;
  readonly operator: Operator;
  readonly value: string;
}
type Node =
  | { readonly kind: 'term'; readonly term: Term }
  | { readonly kind: 'not'; readonly node: Node }
  | { readonly kind: 'and' | 'or'; readonly nodes: readonly Node[] };

/** A row as the search sees it: a number for ids, times and amounts, text or a list of texts otherwise, undefined when unknown. */
export type FieldReader = (field: string) => number | string | boolean | readonly string[] | undefined;

export interface Search {
  matches(read: FieldReader): boolean;
  /** What the query asks of a numeric field in every case: the rows outside need not be looked at. */
  bounds(field: string): { readonly min: number; readonly max: number };
}

export interface SearchOptions {
  /** Fields of which only the day counts, as `updated_at` of customers at Shopify. */
  readonly wholeDays?: readonly string[];
}

const DAY = 86_400_000;
const TOKEN = /\s*(?:([()])|(-)?(?:([a-z_]+):)?(>=|<=|>|<|=)?(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s()]+)))/gy;

type Token =
  | { readonly kind: '(' | ')' | 'AND' | 'OR' | 'NOT' }
  | { readonly kind: 'term'; readonly term: Term; readonly isNegated: boolean };

const tokensOf = (query: string): Token[] => {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(query); match; match = TOKEN.exec(query)) {
    const [, bracket, minus, field, operator, single, double, bare] = match;
    if (bracket === '(' || bracket === ')') tokens.push({ kind: bracket });
    else if (!field && !minus && (bare === 'AND' || bare === 'OR' || bare === 'NOT')) tokens.push({ kind: bare });
    else
      tokens.push({
        kind: 'term',
        term: { field: field ?? null, operator: (operator ?? '=') as Operator, value: single ?? double ?? bare ?? '' },
        isNegated: minus !== undefined,
      });
  }
  return tokens;
};

const parse = (query: string): Node | null => {
  const tokens = tokensOf(query);
  let at = 0;
  const either = (): Node | null => {
    const nodes: Node[] = [];
    for (let node = all(); node; node = all()) {
      nodes.push(node);
      if (tokens[at]?.kind !== 'OR') break;
      at += 1;
    }
    return nodes.length > 1 ? { kind: 'or', nodes } : (nodes[0] ?? null);
  };
  const all = (): Node | null => {
    const nodes: Node[] = [];
    for (let token = tokens[at]; token && token.kind !== 'OR' && token.kind !== ')'; token = tokens[at]) {
      if (token.kind === 'AND') {
        at += 1;
        continue;
      }
      const node = one();
      if (node) nodes.push(node);
    }
    return nodes.length > 1 ? { kind: 'and', nodes } : (nodes[0] ?? null);
  };
  const one = (): Node | null => {
    const token = tokens[at];
    at += 1;
    if (token?.kind === 'NOT') {
      const node = one();
      return node && { kind: 'not', node };
    }
    if (token?.kind === '(') {
      const node = either();
      if (tokens[at]?.kind === ')') at += 1;
      return node;
    }
    if (token?.kind !== 'term') return null;
    const node: Node = { kind: 'term', term: token.term };
    return token.isNegated ? { kind: 'not', node } : node;
  };
  const found = either();
  return found;
};

const asNumber = (value: string): number => {
  const bare = value.replace(/^gid:\/\/shopify\/[A-Za-z]+\//, '');
  return /^-?\d+(\.\d+)?$/.test(bare) ? Number(bare) : Date.parse(bare);
};

const compareNumbers = (left: number, operator: Operator, right: number): boolean => {
  if (Number.isNaN(right)) return false;
  switch (operator) {
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '=':
      return left === right;
  }
};

const compareDays = (left: number, operator: Operator, right: number): boolean => {
  const day = Math.floor(right / DAY);
  const own = Math.floor(left / DAY);
  return operator === '=' ? own === day : operator.startsWith('>') ? own >= day : own <= day;
};

const matchesText = (text: string, wanted: string): boolean => {
  const needle = wanted.toLowerCase().replace(/\*$/, '');
  const lower = text.toLowerCase();
  return lower.includes(needle);
};

/** A test for rows; null when everything matches. */
export const compileSearch = (query: string | null | undefined, options: SearchOptions = {}): Search | null => {
  const root = parse(query ?? '');
  if (!root) return null;
  const wholeDays = new Set(options.wholeDays ?? []);

  const matchesTerm = (term: Term, read: FieldReader): boolean => {
    const value = read(term.field ?? 'default');
    // Shopify answers a search with an unknown field as if the term were not there, beside a warning.
    if (value === undefined) return true;
    if (typeof value === 'boolean') return String(value) === term.value.toLowerCase();
    if (typeof value === 'number')
      return (wholeDays.has(term.field ?? '') ? compareDays : compareNumbers)(
        value,
        term.operator,
        asNumber(term.value),
      );
    if (term.value === '*') return typeof value === 'string' ? value !== '' : value.length > 0;
    const wanted = term.field === null ? [term.value] : term.value.split(',');
    return (typeof value === 'string' ? [value] : value).some((entry) =>
      wanted.some((part) => matchesText(entry, part)),
    );
  };
  const test = (node: Node, read: FieldReader): boolean => {
    switch (node.kind) {
      case 'term':
        return matchesTerm(node.term, read);
      case 'not':
        return !test(node.node, read);
      case 'and':
        return node.nodes.every((entry) => test(entry, read));
      case 'or':
        return node.nodes.some((entry) => test(entry, read));
    }
  };

  return {
    matches: (read) => test(root, read),
    bounds: (field) => {
      let min = Number.NEGATIVE_INFINITY;
      let max = Number.POSITIVE_INFINITY;
      for (const node of root.kind === 'and' ? root.nodes : [root]) {
        if (node.kind !== 'term' || node.term.field !== field) continue;
        const value = asNumber(node.term.value);
        if (Number.isNaN(value)) continue;
        const slack = wholeDays.has(field) ? DAY : 0;
        if (node.term.operator !== '<' && node.term.operator !== '<=') min = Math.max(min, value - slack);
        if (node.term.operator !== '>' && node.term.operator !== '>=') max = Math.min(max, value + slack);
      }
      return { min, max };
    },
  };
};
