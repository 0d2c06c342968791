interface Selection {
  /** The line without its brace: a field with its arguments, `...Fragment`, or `... on Type`. */
  readonly head: string;
  readonly children: readonly Selection[] | null;
}

/** Selections from line `at` on, up to the brace that closes them; operations are generated with one selection a line. */
const readBlock = (lines: readonly string[], at: number): { block: Selection[]; next: number } => {
  const block: Selection[] = [];
  for (let line = at; line < lines.length; ) {
    const text = lines[line] ?? '';
    if (text === '}') return { block, next: line + 1 };
    if (text.endsWith('{')) {
      const inner = readBlock(lines, line + 1);
      block.push({ head: text.slice(0, -1).trim(), children: inner.block });
      line = inner.next;
    } else {
      block.push({ head: text, children: null });
      line += 1;
    }
  }
  return { block, next: lines.length };
};

/** `orders.nodes.0.customer.email`, as an answer names what it lacks, is `orders.edges.node.customer.email` in the query of a bulk operation. */
const inBulkQuery = (path: string): string =>
  path
    .split('.')
    .filter((part) => !/^\d+$/.test(part))
    .flatMap((part) => (part === 'nodes' ? ['edges', 'node'] : [part]))
    .join('.');

/**
 * A bulk query without the fields that Shopify refuses to this app: one of them would end the whole operation, while a page comes without it.
 * @param refused paths in an answer to the same selection by pages
 */
export const withoutFields = (text: string, refused: readonly string[]): string => {
  if (refused.length === 0) return text;
  const dropped = new Set(refused.map(inBulkQuery));
  const { block } = readBlock(
    text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()])),
    0,
  );
  const fragments = new Map(
    block.flatMap(({ head, children }) => {
      const name = /^fragment (\w+) on /.exec(head)?.[1];
      return name === undefined ? [] : [[name, children ?? []] as const];
    }),
  );
  // Fragments are written out, since what is refused at one place may be given at another.
  const print = (selections: readonly Selection[], path: string): string[] =>
    selections.flatMap(({ head, children }) => {
      const spread = /^\.\.\.(\w+)$/.exec(head)?.[1];
      if (spread !== undefined) return print(fragments.get(spread) ?? [], path);
      const name = /^\w+/.exec(head)?.[0];
      const here = name === undefined ? path : path === '' ? name : `${path}.${name}`;
      if (dropped.has(here)) return [];
      if (children === null) return [head];
      const inner = print(children, here);
      return inner.length === 0 ? [] : [`${head} {`, ...inner, '}'];
    });
  return block
    .filter(({ head }) => !head.startsWith('fragment '))
    .flatMap(({ head, children }) => [`${head} {`, ...print(children ?? [], ''), '}'])
    .join('\n');
};
