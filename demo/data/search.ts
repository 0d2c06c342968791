/** The part of Shopify's search syntax (`query:` arguments) that the stand-in understands. */

type Operator = '=' | '>' | '>=' | '<' | '<=';
interface Term {
  readonly field: string | null;
  readonly operator: Operator;
  readonly value: string;
  readonly negated: boolean;
}

/** A row as the search sees it: a number for ids, times and amounts, text or a list of texts otherwise, undefined when unknown. */
export type FieldReader = (field: string) => number | string | readonly string[] | undefined;

const TOKEN = /(-)?(?:([a-z_]+):)?(>=|<=|>|<|=)?(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s()]+))/gy;

const parseTerms = (query: string): Term[] => {
  const terms: Term[] = [];
  let negated = false;
  const text = query.replace(/[()]/g, ' ');
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    if (/\s/.test(text.charAt(TOKEN.lastIndex))) {
      TOKEN.lastIndex += 1;
      continue;
    }
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) {
      TOKEN.lastIndex = at + 1;
      continue;
    }
    const value = match[4] ?? match[5] ?? match[6] ?? '';
    const isBare = match[2] === undefined && match[6] !== undefined;
    if (isBare && value === 'AND') continue;
    if (isBare && value === 'NOT') {
      negated = true;
      continue;
    }
    terms.push({
      field: match[2] ?? null,
      operator: (match[3] ?? '=') as Operator,
      value,
      negated: negated || match[1] === '-',
    });
    negated = false;
  }
  return terms;
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

const matchesText = (text: string, wanted: string): boolean => {
  const needle = wanted.toLowerCase().replace(/\*$/, '');
  return (
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}-]+/u)
      .some((word) => word.startsWith(needle)) || text.toLowerCase().includes(needle)
  );
};

const matchesTerm = (term: Term, read: FieldReader): boolean => {
  const value = read(term.field ?? 'default');
  // Shopify answers a search with an unknown field as if the term were not there, beside a warning.
  if (value === undefined) return true;
  if (typeof value === 'number') return compareNumbers(value, term.operator, asNumber(term.value));
  if (typeof value === 'string') return matchesText(value, term.value);
  return value.some((entry) => matchesText(entry, term.value));
};

/** A test for rows; null when everything matches. */
export const compileSearch = (query: string | null | undefined): ((read: FieldReader) => boolean) | null => {
  const terms = parseTerms(query ?? '');
  if (terms.length === 0) return null;
  return (read) => terms.every((term) => matchesTerm(term, read) !== term.negated);
};
