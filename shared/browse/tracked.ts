import { type ColumnSpec, columnOf, type Resource } from './columns.ts';

type Field = Pick<ColumnSpec, 'label' | 'type'>;

/** What the history tells of and no grid has as a column of its own, by its name in the database. */
const OTHERS: Readonly<Record<string, Field>> = {
  price_min: { label: 'Lowest price', type: 'money' },
  price_max: { label: 'Highest price', type: 'money' },
  published_at: { label: 'Published', type: 'date' },
  closed_at: { label: 'Closed', type: 'date' },
  shipping: { label: 'Shipping', type: 'money' },
  tax: { label: 'Tax', type: 'money' },
  customer_pk: { label: 'Customer no.', type: 'reference' },
  parent_pk: { label: 'Belongs to transaction', type: 'reference' },
  sms_marketing: { label: 'SMS marketing', type: 'choice' },
  verified_email: { label: 'E-mail verified', type: 'flag' },
  phone: { label: 'Phone', type: 'text' },
  first_name: { label: 'First name', type: 'text' },
  last_name: { label: 'Last name', type: 'text' },
  province: { label: 'Province', type: 'text' },
};

const camelCase = (name: string): string => name.replace(/_(.)/g, (_match, letter: string) => letter.toUpperCase());

/** A field in the history of a record, by its name in the database: the same words as above the grid. Undefined: nobody knows it. */
export const trackedField = (resource: Resource, name: string): Field | undefined =>
  Object.hasOwn(OTHERS, name) ? OTHERS[name] : columnOf(resource, camelCase(name));
