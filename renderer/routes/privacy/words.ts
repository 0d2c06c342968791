import type {
  EvidenceEntry,
  PrivacyKind,
  PrivacyRow,
  PrivacyState,
  SuppressedKind,
} from '../../../shared/api/privacy.ts';
import { deadlineWords } from '../../../shared/deadlines.ts';
import { formatBytes, plural } from '../../lib/format.ts';

/** What the privacy screen says, apart from how it looks. */
export const KIND_WORDS: Readonly<Record<PrivacyKind, string>> = {
  data_request: 'Data request',
  redact: 'Erase a customer',
  shop_redact: 'Erase the store',
};

export const SUPPRESSED_WORDS: Readonly<Record<SuppressedKind, string>> = {
  email: 'E-mail address',
  phone: 'Phone number',
  customer: 'Customer id',
};

/** What an entry keeps out, and what it does not. */
export const suppressedHelp = (kind: SuppressedKind): string =>
  kind === 'customer'
    ? 'Nothing about this customer id is stored again.'
    : 'Nothing that was made before the erasure is stored again. Who buys again afterwards is a new customer.';

const STATE_HELP: Readonly<Record<PrivacyState, string>> = {
  received: 'It waits for its data to be collected, which begins by itself.',
  collecting: 'Everything that is held on the customer is being collected.',
  ready: 'The package is ready: download it, hand it over, and note how.',
  delivered: 'The package was handed over. Complete the request when nothing more is asked for.',
  completed: 'Done. The package is kept for its set time.',
  scheduled: 'It begins by itself at the time below. Until then it can be held or refused.',
  erasing: 'Rows, stored payloads and packages are being erased.',
  erased: 'Erased; every table and file is being searched for what is left.',
  verified: 'Erased, and nothing was found in any table or file afterwards.',
  refused: 'Refused by the operator, with the reason below.',
  cancelled: 'Cancelled: the app was installed again, or the whole store was erased.',
};

/** A step that stopped is not being done, whatever the state says that it was in. */
const FAILED_HELP = 'The step stopped, for the reason above. It can be run again at any time.';
const STEP_STATES: ReadonlySet<PrivacyState> = new Set(['collecting', 'erasing', 'erased']);
/** Of a store, tables are searched: what its people are called is not known any more. */
const ACCEPTED = 'Erased. What the search still found was accepted by the operator, for the reason below.';
const STORE_GONE = 'Erased, and nothing of the store was found in any table afterwards.';
export const helpOf = ({
  kind,
  state,
  onHold,
  problem,
}: Pick<PrivacyRow, 'kind' | 'state' | 'onHold' | 'problem'>): string => {
  if (onHold) return HOLD_HELP;
  if (problem !== null && STEP_STATES.has(state)) return FAILED_HELP;
  if (state === 'completed' && kind !== 'data_request') return ACCEPTED;
  return kind === 'shop_redact' && state === 'verified' ? STORE_GONE : STATE_HELP[state];
};

const HOLD_HELP = 'On hold: nothing happens until the hold is released. The deadline goes on running.';

export const requestName = (row: Pick<PrivacyRow, 'number'>): string => `request ${row.number}`;

const numberOf = (facts: EvidenceEntry['facts'], key: string): number => {
  const value = facts[key];
  return typeof value === 'number' ? value : 0;
};

interface TableRows {
  readonly table: string;
  readonly rows: number;
  readonly how?: string;
}
export const tablesOf = (facts: EvidenceEntry['facts']): TableRows[] =>
  Array.isArray(facts.tables)
    ? facts.tables.filter(
        (item): item is TableRows => typeof item === 'object' && item !== null && 'table' in item && 'rows' in item,
      )
    : [];

const STEP_WORDS: Readonly<Record<string, string>> = {
  collect: 'Collecting',
  erase: 'Erasing',
  verify: 'The search afterwards',
};
const stepOf = (facts: EvidenceEntry['facts']): string => STEP_WORDS[String(facts.step)] ?? 'A step';

const SETTING_WORDS: Readonly<Record<string, string>> = {
  redactHours: 'grace period of customers',
  shopRedactHours: 'grace period of stores',
  packageDays: 'days a package is kept',
  masking: 'masking',
  owner: 'who answers',
};

const SENTENCES: Readonly<Record<string, (facts: EvidenceEntry['facts']) => string>> = {
  'request.received': ({ source }) => (source === 'operator' ? 'Entered by hand' : 'Received from Shopify'),
  collecting: () => 'Collecting began',
  collected: (facts) =>
    `${plural(numberOf(facts, 'records'), 'record')} collected into a package of ${formatBytes(numberOf(facts, 'bytes'))}`,
  'package.downloaded': () => 'The package was downloaded',
  'package.expired': () => 'The package was deleted at the end of its time',
  delivered: () => 'Handed over',
  completed: () => 'Completed',
  'hold.set': () => 'Put on legal hold',
  'hold.released': () => 'The hold was released',
  refused: () => 'Refused',
  reopened: () => 'Taken up again',
  'remains.accepted': () => 'Closed by the operator, although the search still found something',
  erasing: () => 'Erasing began',
  'erasure.waits': (facts) => `Waits for data request ${numberOf(facts, 'forRequest')} to be answered`,
  suppressed: (facts) =>
    numberOf(facts, 'stores') > 0
      ? 'The store was put on the erasure list for older copies'
      : `${plural(numberOf(facts, 'identifiers'), 'identifier')} put on the suppression list, so that nothing comes back`,
  erased: (facts) => `${plural(numberOf(facts, 'rows'), 'row')} erased or anonymised`,
  verified: (facts) =>
    `Nothing found in ${plural(numberOf(facts, 'tables'), 'table')}${
      numberOf(facts, 'files') > 0
        ? ` and ${plural(numberOf(facts, 'files'), 'file')} (${formatBytes(numberOf(facts, 'bytes'))})`
        : ''
    }`,
  'found.again': () => 'The search still found something',
  cancelled: ({ why }) => (typeof why === 'string' ? `Cancelled. ${why}` : 'Cancelled'),
  'step.failed': (facts) => `${stepOf(facts)} failed${facts.code === 'INTERNAL' ? '' : ` (${String(facts.code)})`}`,
  'run.asked': (facts) => `${stepOf(facts)} was asked for by the operator`,
  'settings.changed': (facts) =>
    `Settings changed: ${Object.keys(facts)
      .map((name) => SETTING_WORDS[name] ?? name)
      .join(', ')}`,
  'note.changed': () => 'The note was changed',
  'deadline.warned': (facts) => `Warned of the deadline: ${deadlineWords(numberOf(facts, 'daysLeft'))}`,
  'dry.run': (facts) =>
    `Dry run: ${plural(
      tablesOf(facts).reduce((sum, { rows }) => sum + rows, 0),
      'row',
    )} would go`,
  'person.revealed': () => 'Whom it is about was shown to the operator',
  'field.revealed': ({ record, field }) => `A masked field was shown: ${String(field)} of a ${String(record)}`,
  'export.started': ({ what, columns }) =>
    `An export of ${String(what)} with personal data began (${Array.isArray(columns) ? columns.join(', ') : ''})`,
  'export.ended': (facts) =>
    `The export of ${String(facts.what)} ended after ${plural(numberOf(facts, 'rows'), 'row')}${facts.complete === true ? '' : ', before its end'}`,
  'api.personal': (facts) =>
    `A key with the scope “personal” read ${plural(numberOf(facts, 'rows'), 'row')} (${String(facts.what)})`,
  'restored.copy': (facts) =>
    `An older database was put in place; ${plural(numberOf(facts, 'entries'), 'identifier')} erased in it`,
};

export const entryWords = (entry: Pick<EvidenceEntry, 'kind' | 'facts'>): string =>
  SENTENCES[entry.kind]?.(entry.facts) ?? entry.kind;
