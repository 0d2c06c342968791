import { isJson } from '../records/fields.ts';
import type { SyncPorts } from './context.ts';
import type { SourceLine, SyncedResource } from './source.ts';

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const inner = (value: unknown, key: string): string | null => (isJson(value) ? textOf(value[key]) : null);

/**
 * A line as it may be stored: as it is, without the erased people in it, or null when it is an erased customer. Costs nothing while nobody
 * was erased.
 */
export const screened = (
  run: { readonly shop: string; readonly resource: SyncedResource; readonly suppression: SyncPorts['suppression'] },
  line: SourceLine,
): SourceLine | null => {
  const { suppression } = run;
  if (suppression.isEmpty) return line;
  const { value } = line;
  if (run.resource === 'customers') {
    const id = textOf(value.__parentId) ?? textOf(value.id);
    const isErased = suppression.isSuppressed(run.shop, {
      customerId: id,
      email: inner(value.defaultEmailAddress, 'emailAddress'),
      phone: inner(value.defaultPhoneNumber, 'phoneNumber'),
      createdAt: textOf(value.createdAt),
    });
    return isErased ? null : line;
  }
  if (run.resource !== 'orders') return line;
  const text = suppression.screen(run.shop, line.text, 'orders/sync');
  return text === line.text ? line : { value: JSON.parse(text) as SourceLine['value'], text };
};
