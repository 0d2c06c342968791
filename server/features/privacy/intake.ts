import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { PrivacyEnterInput, PrivacyKind, PrivacySettings } from '../../../shared/api/privacy.ts';
import { AppError } from '../../../shared/errors.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Ids } from '../../platform/ids.ts';
import { emptyPerson, type Person } from '../../platform/personal-data.ts';
import { digitsOf, idDigits, normalEmail } from '../../platform/personal-payload.ts';
import {
  type AfterCommit,
  type StoredDelivery,
  type TopicHandler,
  topicHandler,
} from '../../platform/topic-handler.ts';
import type { EvidenceLog } from './evidence.ts';
import type { NewRequest, Requests } from './requests.ts';
import { deadlineOf, firstState } from './state-machine.ts';

interface Incoming {
  readonly shop: string;
  readonly kind: PrivacyKind;
  readonly person: Person | null;
  readonly delivery: StoredDelivery;
}

const HOUR_MS = 3_600_000;
const Id = z.union([z.number().int(), z.string()]).nullish();
const CustomerPayload = z.object({
  customer: z.object({ id: Id, email: z.string().nullish(), phone: z.string().nullish() }).nullish(),
  orders_requested: z.array(z.union([z.number(), z.string()])).nullish(),
  orders_to_redact: z.array(z.union([z.number(), z.string()])).nullish(),
});

const personFrom = (
  shop: string,
  known: {
    customerId?: string | number | null | undefined;
    email?: string | null | undefined;
    phone?: string | null | undefined;
    orders?: readonly (string | number)[] | null | undefined;
  },
): Person => ({
  ...emptyPerson(shop),
  customerIds: known.customerId == null || idDigits(known.customerId) === '' ? [] : [idDigits(known.customerId)],
  emails: known.email ? [normalEmail(known.email)] : [],
  phones: known.phone && digitsOf(known.phone) !== '' ? [digitsOf(known.phone)] : [],
  orderIds: (known.orders ?? []).map(idDigits).filter((id) => id !== ''),
});

const namesNobody = (person: Person): boolean =>
  person.customerIds.length + person.emails.length + person.phones.length + person.orderIds.length === 0;

/** Enough to tell two requests apart on a screen, too little to write to anybody. */
export const maskedLabel = (person: Person | null): string => {
  if (!person) return 'Whole store';
  const [email] = person.emails;
  if (email !== undefined) {
    const [name = '', domain = ''] = email.split('@', 2);
    return `${name.slice(0, 1)}•••@${domain.slice(0, 1)}•••`;
  }
  const [phone] = person.phones;
  if (phone !== undefined) return `Phone •••${phone.slice(-2)}`;
  const [id] = person.customerIds;
  return id === undefined ? 'Customer of named orders' : `Customer •••${id.slice(-3)}`;
};

/** Turns what Shopify sends, and what the operator enters, into requests. */
export interface Intake {
  readonly handlers: Readonly<Record<string, TopicHandler>>;
  enter(tx: EntityManager, input: PrivacyEnterInput): Promise<string>;
}

export const createIntake = (options: {
  requests: Requests;
  evidence: EvidenceLog;
  clock: Clock;
  ids: Ids;
  /** Its hours are time for the operator to put a legal hold on an erasure before it begins by itself. */
  settings: () => Pick<PrivacySettings, 'redactHours' | 'shopRedactHours'>;
  /** In the transaction of the new request. */
  onNew: (tx: EntityManager, request: NewRequest) => Promise<void>;
  /** After the commit of what Shopify sent. */
  onChanged: (shop: string) => void;
}): Intake => {
  const { requests, evidence, clock, ids } = options;

  const write = async (
    tx: EntityManager,
    incoming: {
      shop: string;
      kind: PrivacyKind;
      source: 'shopify' | 'operator';
      person: Person | null;
      receivedAt: string;
      deliverySeq: number | null;
      note: string;
    },
  ): Promise<string> => {
    const { shop, kind, source, person } = incoming;
    const id = ids.uuid();
    const receivedMs = Date.parse(incoming.receivedAt);
    const { redactHours, shopRedactHours } = options.settings();
    const hours = kind === 'redact' ? redactHours : kind === 'shop_redact' ? shopRedactHours : null;
    const startsAt = hours === null ? null : toIso(receivedMs + hours * HOUR_MS);
    const request: NewRequest = {
      id,
      shop,
      kind,
      source,
      state: firstState(kind),
      person: person ? requests.seal(id, person) : null,
      label: maskedLabel(person),
      deliverySeq: incoming.deliverySeq,
      receivedAt: incoming.receivedAt,
      dueAt: toIso(deadlineOf(receivedMs)),
      startsAt,
      note: incoming.note,
    };
    // The same delivery, replayed by the operator, is the same request.
    if (!(await requests.insert(tx, request))) return id;
    await evidence.append(tx, [
      {
        kind: 'request.received',
        shop,
        requestId: id,
        facts: {
          kind,
          source,
          dueAt: toIso(deadlineOf(receivedMs)),
          ...(startsAt === null ? {} : { startsAt }),
          ...(person
            ? {
                identifiers: {
                  customerIds: person.customerIds.length,
                  emails: person.emails.length,
                  phones: person.phones.length,
                  orders: person.orderIds.length,
                },
              }
            : {}),
        },
      },
    ]);
    await options.onNew(tx, request);
    return id;
  };

  const writeAll = async (tx: EntityManager, items: readonly Incoming[], afterCommit: AfterCommit): Promise<void> => {
    for (const { shop, kind, person, delivery } of items) {
      await write(tx, {
        shop,
        kind,
        person,
        source: 'shopify',
        receivedAt: delivery.receivedAt,
        deliverySeq: delivery.seq,
        note: '',
      });
      afterCommit(() => options.onChanged(shop));
    }
  };

  const customerHandler = (kind: 'data_request' | 'redact'): TopicHandler =>
    topicHandler<Incoming>({
      prepare: (payload, delivery) => {
        const parsed = CustomerPayload.safeParse(payload);
        const person = parsed.success
          ? personFrom(delivery.shop, {
              customerId: parsed.data.customer?.id,
              email: parsed.data.customer?.email,
              phone: parsed.data.customer?.phone,
              orders: parsed.data.orders_requested ?? parsed.data.orders_to_redact,
            })
          : null;
        if (!person || namesNobody(person))
          throw new AppError('BAD_REQUEST', 'The request names no customer: no id, e-mail, phone or order.', {
            hint: 'Look at the body, and enter the request by hand in Privacy: its deadline runs all the same.',
          });
        return { shop: delivery.shop, kind, person, delivery };
      },
      write: writeAll,
    });

  return {
    handlers: {
      'customers/data_request': customerHandler('data_request'),
      'customers/redact': customerHandler('redact'),
      // The domain in the signed header decides whose data goes; the body adds nothing to that.
      'shop/redact': topicHandler<Incoming>({
        prepare: (_payload, delivery) => ({ shop: delivery.shop, kind: 'shop_redact', person: null, delivery }),
        write: writeAll,
      }),
    },
    enter: (tx, input) => {
      const person = input.kind === 'shop_redact' ? null : personFrom(input.shop, input);
      if (person && namesNobody(person))
        throw new AppError('BAD_REQUEST', 'The customer id or phone number holds no digits.', {
          hint: 'Give a customer id, an e-mail address or a phone number.',
        });
      return write(tx, {
        shop: input.shop,
        kind: input.kind,
        person,
        source: 'operator',
        receivedAt: toIso(clock.now()),
        deliverySeq: null,
        note: input.note,
      });
    },
  };
};
