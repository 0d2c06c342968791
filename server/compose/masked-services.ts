import type * as api from '../../shared/api.ts';
import { columnOf, type Resource } from '../../shared/browse/columns.ts';
import { AppError } from '../../shared/errors.ts';
import { holdsMask, type Masking, maskText } from '../../shared/mask.ts';
import type { Services } from '../api/services.ts';
import type { Disclosure } from '../features/privacy/service.ts';
import { refusePeople } from '../platform/http/caller.ts';
import { maskJson, maskJsonText } from '../platform/masked-payload.ts';

type Row = Readonly<Record<string, unknown>>;

const NAME_COLUMNS = new Set(['displayName', 'customerName', 'firstName', 'lastName', 'name']);

const masks = (masking: Masking) => {
  const text = (value: string): string => maskText(value);
  const maybe = <T extends string | null>(value: T): T => (value === null ? value : (text(value) as T));
  const name = <T extends string | null>(value: T): T => (masking === 'contacts' ? value : maybe(value));
  /** The columns that `shared/browse/columns.ts` marks as personal. */
  const row = <R extends Row>(resource: Resource, value: R): R => {
    const masked: Record<string, unknown> = { ...value };
    for (const [key, cell] of Object.entries(value)) {
      if (typeof cell !== 'string' || columnOf(resource, key)?.personal !== true) continue;
      masked[key] = NAME_COLUMNS.has(key) ? name(cell) : text(cell);
    }
    return masked as R;
  };
  const page = <P extends { readonly items: readonly Row[] }>(resource: Resource, value: P): P => ({
    ...value,
    items: value.items.map((item) => row(resource, item)),
  });
  const json = (value: unknown): unknown => maskJson(value, masking);
  const order = (value: api.OrderDetail): api.OrderDetail => ({
    ...row('orders', value),
    phone: maybe(value.phone),
    customer: value.customer === null ? null : row('customers', value.customer),
    raw: json(value.raw),
  });
  const transaction = (value: api.TransactionDetail): api.TransactionDetail => ({
    ...value,
    order: value.order === null ? null : row('orders', value.order),
    raw: json(value.raw),
  });
  const customer = (value: api.CustomerDetail): api.CustomerDetail => ({
    ...row('customers', value),
    firstName: name(value.firstName),
    lastName: name(value.lastName),
    addresses: value.addresses.map((address) => ({
      id: address.id,
      name: name(address.name),
      company: maybe(address.company),
      lines: address.lines.map(text),
      phone: maybe(address.phone),
    })),
    orders: value.orders.map((each) => row('orders', each)),
    raw: json(value.raw),
  });
  /** A value as it is masked where it stands in its payload. */
  const at = (path: string, value: unknown): unknown => {
    const keys = path.split('.');
    const nested = keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value ?? null);
    return keys.reduce<unknown>((inner, key) => (inner as Row)[key], json(nested));
  };
  const change = <C extends api.WebhookChange>(value: C): C => ({
    ...value,
    before: at(value.path, value.before),
    after: at(value.path, value.after),
  });
  return {
    row,
    page,
    name,
    json,
    order,
    transaction,
    customer,
    change,
    text: (raw: string) => maskJsonText(raw, masking),
  };
};

/** What the areas give before anything is masked; uncovering is made of it here. */
export type PlainServices = Omit<Services, 'privacy'> & { readonly privacy: Omit<Services['privacy'], 'reveal'> };

interface Options {
  readonly masking: () => Masking;
  readonly note: (disclosure: Disclosure) => Promise<void>;
}

/** Uncovers one field of a record. That it was asked for is written down before it leaves. */
const createReveal = (services: PlainServices, note: Options['note']): Services['privacy']['reveal'] => {
  const read = async ({
    record,
    id,
    field,
  }: api.PrivacyRevealInput): Promise<{ shop: string | null; value: unknown }> => {
    const fieldOf = <T extends { shop: string | null }>(found: T) => ({
      shop: found.shop,
      value: (found as Row)[field] ?? null,
    });
    switch (record) {
      case 'customer':
        return fieldOf(await services.customers.get(id));
      case 'order':
        return fieldOf(await services.orders.get(id));
      case 'transaction':
        return fieldOf(await services.transactions.get(id));
      case 'pixel_event':
        return fieldOf(await services.pixel.get(id));
      case 'webhook': {
        const found = await services.webhooks.get(id);
        if (field === 'payload') return fieldOf(found);
        return { shop: found.shop, value: (await services.webhooks.compare(id)).changes };
      }
    }
  };
  return async (input) => {
    const { shop, value } = await read(input);
    await note({
      kind: 'field.revealed',
      shop,
      facts: { record: input.record, field: input.field },
      subject: { name: 'recordDigest', text: `${input.record}/${input.id}` },
    });
    return { value };
  };
};

/**
 * The services as the console gets them: what names a person is masked here, in the backend, so that it never reaches a window or a browser's
 * memory unless somebody asks for it, which `note` writes down before.
 */
export const maskServices = (services: PlainServices, options: Options): Services => {
  const { orders, transactions, customers, browse, webhooks, pixel } = services;
  const mask = () => masks(options.masking());
  /** What can be made only of the unmasked body, e.g. a command that sends it again. */
  const noteWebhook = (shop: string | null, id: string, field: string): Promise<void> =>
    options.note({
      kind: 'field.revealed',
      shop,
      facts: { record: 'webhook', field },
      subject: { name: 'recordDigest', text: `webhook/${id}` },
    });
  return {
    ...services,
    orders: {
      list: async (input, signal) => mask().page('orders', await orders.list(input, signal)),
      get: async (id) => mask().order(await orders.get(id)),
    },
    transactions: {
      list: transactions.list,
      get: async (id) => mask().transaction(await transactions.get(id)),
    },
    customers: {
      list: async (input, signal) => mask().page('customers', await customers.list(input, signal)),
      get: async (id) => mask().customer(await customers.get(id)),
    },
    browse: {
      ...browse,
      // A menu of e-mail addresses would be a list of people.
      values: async (input, signal) =>
        columnOf(input.resource, input.column)?.personal === true ? { values: [] } : browse.values(input, signal),
      everything: async (input, signal) => {
        const { hits } = await browse.everything(input, signal);
        const { name } = mask();
        return { hits: hits.map((hit) => ({ ...hit, person: name(hit.person) })) };
      },
    },
    webhooks: {
      ...webhooks,
      get: async (id) => {
        const found = await webhooks.get(id);
        return { ...found, payload: found.payload === null ? null : mask().text(found.payload) };
      },
      compare: async (id) => {
        const found = await webhooks.compare(id);
        return { ...found, changes: found.changes.map(mask().change) };
      },
      curl: async (id) => {
        const made = await webhooks.curl(id);
        const { shop, payload } = await webhooks.get(id);
        if (payload !== null && mask().text(payload) !== payload) await noteWebhook(shop, id, 'command');
        return made;
      },
      forward: async (input) => {
        const { shop, payload } = await webhooks.get(input.id);
        if (payload !== null && mask().text(payload) !== payload) await noteWebhook(shop, input.id, 'forwarded body');
        return webhooks.forward(input);
      },
      sample: async (shop, topic) => {
        const made = await webhooks.sample(shop, topic);
        if (mask().text(made.payload) !== made.payload) await noteWebhook(shop, topic, 'sample');
        return made;
      },
      send: async (input) => {
        // It would be stored over what it stands for.
        if (holdsMask(input.payload))
          throw new AppError('BAD_REQUEST', 'The payload has masked values in it.', {
            hint: 'Open “Edit and send” again: it starts with the whole payload.',
          });
        return webhooks.send(input);
      },
    },
    pixel: {
      ...pixel,
      get: async (id) => {
        const found = await pixel.get(id);
        return { ...found, raw: typeof found.raw === 'string' ? mask().text(found.raw) : mask().json(found.raw) };
      },
    },
    privacy: { ...services.privacy, reveal: createReveal(services, options.note) },
  };
};

/** The services as a key without the scope `personal` gets them: as masked as the console's, and nothing of it can be uncovered. */
export const maskForKeys = (services: PlainServices, options: Pick<Options, 'masking'>): Services => {
  const masked = maskServices(services, { ...options, note: async () => refusePeople() });
  return { ...masked, privacy: { ...masked.privacy, revealPerson: async () => refusePeople() } };
};

/** The services as a key with the scope `personal` gets them: nothing is masked, and every answer with people in it is in the evidence. */
export const disclosingServices = (services: PlainServices, note: Options['note']): Services => {
  const noted = async <T>(what: string, input: { shop?: string | undefined; id?: string }, answer: T, rows: number) => {
    await note({
      kind: 'api.personal',
      shop: input.shop ?? null,
      facts: { what, rows },
      subject: { name: 'requestDigest', text: JSON.stringify(input) },
    });
    return answer;
  };
  const one = async <T>(what: string, id: string, answer: Promise<T>): Promise<T> =>
    noted(what, { id }, await answer, 1);
  const listed =
    <I extends { shop?: string | undefined }, P extends { items: unknown[] }>(
      what: string,
      list: (input: I, signal?: AbortSignal) => Promise<P>,
    ) =>
    async (input: I, signal?: AbortSignal): Promise<P> => {
      const page = await list(input, signal);
      return noted(what, input, page, page.items.length);
    };
  const { orders, transactions, customers, browse, webhooks, pixel } = services;
  return {
    ...services,
    orders: { list: listed('orders', orders.list), get: (id) => one('order', id, orders.get(id)) },
    transactions: { ...transactions, get: (id) => one('transaction', id, transactions.get(id)) },
    customers: { list: listed('customers', customers.list), get: (id) => one('customer', id, customers.get(id)) },
    browse: {
      ...browse,
      values: async (input, signal) => {
        const found = await browse.values(input, signal);
        if (columnOf(input.resource, input.column)?.personal !== true) return found;
        return noted(`values of ${input.column}`, input, found, found.values.length);
      },
      everything: async (input, signal) => {
        const found = await browse.everything(input, signal);
        return noted('search', input, found, found.hits.length);
      },
    },
    webhooks: {
      ...webhooks,
      get: (id) => one('webhook', id, webhooks.get(id)),
      compare: (id) => one('webhook comparison', id, webhooks.compare(id)),
      curl: (id) => one('webhook command', id, webhooks.curl(id)),
      sample: async (shop, topic) =>
        noted('webhook sample', { shop, id: topic }, await webhooks.sample(shop, topic), 1),
      forward: async (input) => {
        await one('webhook forwarded', input.id, Promise.resolve());
        return webhooks.forward(input);
      },
    },
    pixel: { ...pixel, get: (id) => one('pixel_event', id, pixel.get(id)) },
    privacy: { ...services.privacy, reveal: createReveal(services, note) },
  };
};
