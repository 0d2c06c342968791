/** No query may cost more, on any plan. https://shopify.dev/docs/api/usage/limits */
const MAX_QUERY_COST = 1000;
const MUTATION_COST = 10;
/** Operations of ours are a few dozen; a page size given as a variable makes some more entries. */
const MAX_REMEMBERED = 500;

/** What an operation asks for at most, learnt from Shopify's answers; the price depends on the numbers among its variables. */
export interface CostMemory {
  /** Points to wait for before the call is sent. */
  expect(text: string, variables: Readonly<Record<string, unknown>>): number;
  learn(text: string, variables: Readonly<Record<string, unknown>>, requestedCost: number): void;
}

const keyOf = (text: string, variables: Readonly<Record<string, unknown>>): string => {
  const numbers = Object.entries(variables).filter(([, value]) => typeof value === 'number');
  return `${text}\n${JSON.stringify(numbers.sort(([left], [right]) => (left < right ? -1 : 1)))}`;
};

/** Before it was sent once, a query is taken to be as dear as one may be: it then waits too long, once, but is not refused. */
export const createCostMemory = (): CostMemory => {
  const known = new Map<string, number>();
  return {
    expect: (text, variables) =>
      known.get(keyOf(text, variables)) ?? (text.startsWith('mutation') ? MUTATION_COST : MAX_QUERY_COST),
    learn: (text, variables, requestedCost) => {
      const key = keyOf(text, variables);
      const oldest = known.keys().next().value;
      if (known.size >= MAX_REMEMBERED && !known.has(key) && oldest !== undefined) known.delete(oldest);
      known.set(key, requestedCost);
    },
  };
};
