/** Which customer placed which order, both ways by arithmetic: at a million orders no table of it is needed. */
export interface Relations {
  /** -1 for an order without a customer. */
  customerOf(order: number): number;
  /** Places of the customer's orders, oldest first. */
  ordersOf(customer: number): number[];
}

const GUEST_EVERY = 89;
const GUEST_AT = 7;
/** Every second order comes from the regulars, a fifth of the customers; seven tenths share the rest, and a tenth only ever looked. */
const REGULARS = 0.2;
const OCCASIONAL = 0.7;

const greatestCommonDivisor = (left: number, right: number): number =>
  right === 0 ? left : greatestCommonDivisor(right, left % right);

/** A factor that scatters, and the one that brings back: `factor * inverse = 1` modulo `modulus`. */
const scatter = (modulus: number): { factor: number; inverse: number } => {
  let factor = Math.max(1, Math.floor(modulus * 0.618));
  while (greatestCommonDivisor(factor, modulus) !== 1) factor += 1;
  let [oldRest, rest] = [factor % modulus, modulus];
  let [oldShare, share] = [1, 0];
  while (rest !== 0) {
    const quotient = Math.floor(oldRest / rest);
    [oldRest, rest] = [rest, oldRest - quotient * rest];
    [oldShare, share] = [share, oldShare - quotient * share];
  }
  return { factor, inverse: ((oldShare % modulus) + modulus) % modulus };
};

export const createRelations = (orders: number, customers: number): Relations => {
  const regulars = customers === 0 ? 0 : Math.max(1, Math.floor(customers * REGULARS));
  const occasional = Math.min(Math.floor(customers * OCCASIONAL), customers - regulars);
  const groups = [
    { start: 0, size: regulars },
    occasional > 0 ? { start: regulars, size: occasional } : { start: 0, size: regulars },
  ].map((group) => ({ ...group, ...scatter(Math.max(1, group.size)) }));
  const isGuest = (order: number): boolean => customers === 0 || order % GUEST_EVERY === GUEST_AT;

  return {
    customerOf: (order) => {
      const group = groups[order % 2];
      if (!group || isGuest(order)) return -1;
      return group.start + (((order >>> 1) * group.factor) % group.size);
    },
    ordersOf: (customer) => {
      const found: number[] = [];
      groups.forEach((group, half) => {
        const place = customer - group.start;
        if (place < 0 || place >= group.size) return;
        for (let step = (place * group.inverse) % group.size; step * 2 + half < orders; step += group.size)
          if (!isGuest(step * 2 + half)) found.push(step * 2 + half);
      });
      return found.sort((left, right) => left - right);
    },
  };
};
