import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { CustomersBulkDocument, OrdersBulkDocument, ProductsBulkDocument } from '../../../shopify/generated/admin.ts';
import { withoutFields } from './without-fields.ts';

/** Every field with its place, fragments written out. */
const pathsOf = (text: string): string[] => {
  const document = parse(text);
  const found: string[] = [];
  const walk = (set: readonly unknown[], path: string): void => {
    for (const each of set as { kind: string; name?: { value: string }; selectionSet?: { selections: unknown[] } }[]) {
      if (each.kind === 'FragmentSpread') {
        const fragment = document.definitions.find(
          (other) => other.kind === 'FragmentDefinition' && other.name.value === each.name?.value,
        );
        if (fragment?.kind === 'FragmentDefinition') walk(fragment.selectionSet.selections, path);
        continue;
      }
      const here = each.kind === 'Field' ? `${path}/${each.name?.value}` : path;
      if (each.selectionSet) walk(each.selectionSet.selections, here);
      else found.push(here);
    }
  };
  for (const node of document.definitions)
    if (node.kind === 'OperationDefinition') walk(node.selectionSet.selections, '');
  return found;
};

describe('a bulk query without refused fields', () => {
  it.each([
    ['orders', OrdersBulkDocument, 'orders.nodes.0.email', '/orders/edges/node/email'],
    [
      'a nested field',
      OrdersBulkDocument,
      'orders.nodes.3.billingAddress.phone',
      '/orders/edges/node/billingAddress/phone',
    ],
    [
      'a whole object',
      CustomersBulkDocument,
      'customers.nodes.0.defaultEmailAddress',
      '/customers/edges/node/defaultEmailAddress',
    ],
    [
      'a field of a child',
      CustomersBulkDocument,
      'customers.nodes.1.addressesV2.nodes.0.phone',
      '/customers/edges/node/addressesV2/edges/node/phone',
    ],
  ])('lacks those and nothing else: %s', (_name, document, refused, gone) => {
    const before = pathsOf(document.toString());
    const after = pathsOf(withoutFields(document.toString(), [refused]));
    expect(before.some((path) => path.startsWith(gone))).toBe(true);
    expect(after).toEqual(before.filter((path) => path !== gone && !path.startsWith(`${gone}/`)));
  });

  it('loses an object of which nothing is left', () => {
    const paths = ['orders.nodes.0.customer.id', 'orders.nodes.0.customer.displayName'];
    expect(withoutFields(OrdersBulkDocument.toString(), paths)).not.toContain('customer {');
  });

  it('is the text as it was when nothing is refused', () => {
    expect(withoutFields(ProductsBulkDocument.toString(), [])).toBe(ProductsBulkDocument.toString());
  });
});
