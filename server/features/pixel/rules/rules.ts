import type { z } from 'zod';
import type * as api from '../../../../shared/api.ts';
import { AppError } from '../../../../shared/errors.ts';
import { STANDARD_NAMES } from '../../../../shared/pixel/event.ts';
import { type Clock, toIso } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/database.ts';
import { TEST_EVENT } from '../analysis/facts.ts';
import { GRAINS } from '../rollups.ts';
import type { CheckPixelEvent } from '../validators.ts';
import { type CheckData, compileRule } from './compile-rule.ts';
import { inferSchema } from './infer-schema.ts';

type Rule = z.output<typeof api.PixelRule>;
type RuleTest = z.output<typeof api.PixelRuleTest>;

const MAX_RULES = 100;
/** Newest events of each kind that a rule is tried on, and how far back they are looked for. */
const TRY = 200;
const LOOK_AT = 100_000;
const MAX_REASONS = 10;

const SOURCES = [
  ['accepted', 'pixel_events', 'a'],
  ['quarantined', 'pixel_quarantine', 'q'],
] as const;

interface StoredRule {
  readonly shop: string;
  readonly name: string;
  readonly schema: string;
  readonly enabled: number;
  readonly updated_at: string;
}

const toRule = (row: StoredRule, accepted: number, quarantined: number): Rule => ({
  shop: row.shop,
  name: row.name,
  schema: row.schema,
  enabled: row.enabled === 1,
  updatedAt: row.updated_at,
  accepted,
  quarantined,
});

/** `customData` of an event as it is stored; undefined where the text was cut and can't be read. */
const dataOf = (raw: string): { readonly data: unknown } | null => {
  try {
    const event: unknown = JSON.parse(raw);
    return {
      data: typeof event === 'object' && event !== null && 'customData' in event ? event.customData : undefined,
    };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

const refuseName = (name: string): void => {
  if (STANDARD_NAMES.includes(name))
    throw new AppError('BAD_REQUEST', `“${name}” is one of Shopify’s own events, whose form is checked already.`, {
      hint: 'Rules are for the store’s custom events.',
    });
  if (name === TEST_EVENT)
    throw new AppError('BAD_REQUEST', 'This name belongs to the console’s own test event.', {
      hint: 'Choose the name that the store publishes.',
    });
};

/** The form that a store's own events must have, and the check of it at intake. */
export const createPixelRules = async (options: { db: Database; clock: Clock; onChange: (shop: string) => void }) => {
  const { db, clock } = options;
  /** By store and name; compiled when the first event of its name comes. */
  let schemas = new Map<string, Map<string, string>>();
  let compiled = new Map<string, CheckData | null>();

  const reload = async (): Promise<void> => {
    const rows = await db.read<StoredRule>('SELECT shop, name, schema FROM pixel_rules WHERE enabled = 1');
    const next = new Map<string, Map<string, string>>();
    for (const { shop, name, schema } of rows) next.set(shop, (next.get(shop) ?? new Map()).set(name, schema));
    schemas = next;
    compiled = new Map();
  };
  await reload();

  const checkFor = (shop: string, name: string): CheckData | null => {
    const schema = schemas.get(shop)?.get(name);
    if (schema === undefined) return null;
    let check = compiled.get(schema);
    if (check === undefined) {
      check = compileRule(schema).check;
      compiled.set(schema, check);
    }
    return check;
  };

  const list = async (shop: string | undefined): Promise<{ items: Rule[] }> => {
    const own = shop === undefined ? '' : 'WHERE r.shop = ?';
    const rows = await db.read<StoredRule & { accepted: number; quarantined: number }>(
      `SELECT r.shop, r.name, r.schema, r.enabled, r.updated_at,
        coalesce(sum(c.events) FILTER (WHERE c.outcome = 'accepted'), 0) AS accepted,
        coalesce(sum(c.events) FILTER (WHERE c.outcome = 'quarantined'), 0) AS quarantined
      FROM pixel_rules AS r LEFT JOIN pixel_rollups AS c ON c.shop = r.shop AND c.grain = ? AND c.at > ? AND c.name = r.name
      ${own} GROUP BY r.shop, r.name ORDER BY r.shop, r.name LIMIT 500`,
      [GRAINS.hour, Math.floor(clock.now() / 1000) - GRAINS.day, ...(shop === undefined ? [] : [shop])],
    );
    return { items: rows.map((row) => toRule(row, row.accepted, row.quarantined)) };
  };
  const one = async (shop: string, name: string): Promise<Rule> => {
    const found = (await list(shop)).items.find((rule) => rule.name === name);
    if (!found) throw new AppError('NOT_FOUND', 'There is no such rule any more.');
    return found;
  };
  const changed = async (shop: string): Promise<void> => {
    await reload();
    options.onChange(shop);
  };

  const newest = (table: string, shop: string, name: string): Promise<{ seq: number; raw: string }[]> =>
    db.read(
      `SELECT seq, raw FROM ${table} WHERE seq > (SELECT coalesce(max(seq), 0) FROM ${table}) - ? AND shop = ? AND name = ? ORDER BY seq DESC LIMIT ?`,
      [LOOK_AT, shop, name, TRY],
    );

  const tryOn = async (
    check: CheckData,
    shop: string,
    name: string,
  ): Promise<Pick<RuleTest, 'accepted' | 'quarantined' | 'failures'>> => {
    const result = { accepted: { checked: 0, passing: 0 }, quarantined: { checked: 0, passing: 0 } };
    const failures = new Map<string, { reason: string; events: number; exampleId: string }>();
    for (const [outcome, table, letter] of SOURCES) {
      for (const { seq, raw } of await newest(table, shop, name)) {
        const found = dataOf(raw);
        if (!found) continue;
        const reason = check(found.data);
        result[outcome].checked += 1;
        if (reason === null) result[outcome].passing += 1;
        else {
          const group = failures.get(reason) ?? { reason, events: 0, exampleId: `${letter}${seq}` };
          group.events += 1;
          failures.set(reason, group);
        }
      }
    }
    return {
      ...result,
      failures: [...failures.values()].sort((a, b) => b.events - a.events).slice(0, MAX_REASONS),
    };
  };

  return {
    reload,
    /** Adds the stores' rules to the checks that every event gets. */
    withRules:
      (check: CheckPixelEvent): CheckPixelEvent =>
      (input, shop) => {
        const result = check(input, shop);
        if (!result.ok || !schemas.has(shop)) return result;
        const reason = checkFor(shop, result.event.name)?.(result.event.customData) ?? null;
        return reason === null ? result : { ok: false, reason };
      },
    rules: list,
    /** What is wrong with a schema, and what it would do to the newest events of its name; stores nothing. */
    testRule: async ({ shop, name, schema }: z.output<typeof api.PixelRuleInput>): Promise<RuleTest> => {
      const { problems, warnings, check } = compileRule(schema);
      const nothing = { accepted: { checked: 0, passing: 0 }, quarantined: { checked: 0, passing: 0 }, failures: [] };
      return {
        problems: [...problems],
        warnings: [...warnings],
        ...(check ? await tryOn(check, shop, name) : nothing),
      };
    },
    saveRule: async ({ shop, name, schema }: z.output<typeof api.PixelRuleInput>): Promise<Rule> => {
      refuseName(name);
      const { problems } = compileRule(schema);
      const [first] = problems;
      if (first)
        throw new AppError('BAD_REQUEST', `${first.path === '' ? '' : `${first.path}: `}${first.message}`, {
          hint: 'Correct the schema, then save again.',
        });
      await db.writeStatements(async (connection) => {
        const [other] = await connection.all<{ n: number }>(
          'SELECT count(*) AS n FROM pixel_rules WHERE shop = ? AND name <> ?',
          shop,
          name,
        );
        if ((other?.n ?? 0) >= MAX_RULES)
          throw new AppError('CONFLICT', `A store has at most ${MAX_RULES} rules.`, { hint: 'Delete one first.' });
        await connection.run(
          `INSERT INTO pixel_rules (shop, name, schema, updated_at, enabled) VALUES (?, ?, ?, ?, 1)
          ON CONFLICT (shop, name) DO UPDATE SET schema = excluded.schema, updated_at = excluded.updated_at`,
          shop,
          name,
          schema,
          toIso(clock.now()),
        );
      });
      await changed(shop);
      return one(shop, name);
    },
    enableRule: async ({ shop, name, enabled }: z.output<typeof api.PixelRuleEnableInput>): Promise<Rule> => {
      await db.writeStatements((connection) =>
        connection.run(
          'UPDATE pixel_rules SET enabled = ?, updated_at = ? WHERE shop = ? AND name = ?',
          enabled ? 1 : 0,
          toIso(clock.now()),
          shop,
          name,
        ),
      );
      await changed(shop);
      return one(shop, name);
    },
    removeRule: async ({ shop, name }: z.output<typeof api.PixelRuleRef>): Promise<{ removed: boolean }> => {
      const rows = await db.writeStatements((connection) =>
        connection.run('DELETE FROM pixel_rules WHERE shop = ? AND name = ?', shop, name),
      );
      await changed(shop);
      return { removed: rows > 0 };
    },
    /** A schema that all recent events of the name fit, to begin with. */
    draftRule: async ({
      shop,
      name,
    }: z.output<typeof api.PixelRuleRef>): Promise<z.output<typeof api.PixelRuleDraft>> => {
      const rows = await newest('pixel_events', shop, name);
      const values = rows.map(({ raw }) => dataOf(raw)).filter((each) => each !== null);
      return {
        events: values.length,
        schema: JSON.stringify(inferSchema(values.map(({ data }) => data)), null, 2),
      };
    },
  };
};
