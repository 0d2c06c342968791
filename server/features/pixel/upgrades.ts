import { PIXEL_SCHEMA_VERSION } from '../../../shared/pixel/event.ts';

type Json = Record<string, unknown>;

/** How an event of one schema version becomes one of the next. It may change the event that it is given. */
export interface UpgradeStep {
  readonly from: number;
  /** What changed, for whoever reads the chain. */
  readonly why: string;
  readonly to: (event: Json) => Json;
}

export type Upgraded = { readonly event: unknown; readonly changed: boolean } | { readonly problem: string };
/** The event in its present form, or why there is none. Never throws. */
export type Upgrade = (input: unknown) => Upgraded;

/**
 * From the oldest form that is still read to the present one, without a gap. When the extension's schema changes, its version is raised in
 * `shared/pixel/event.ts`, and the step from the version before is declared here: pages and stores that still run the old extension stay good.
 * Version 1 is the first, so there is none yet.
 */
const STEPS: readonly UpgradeStep[] = [];

const NEWER = 'backroom.schema: is newer than this version of Backroom knows; it waits for an update';
const OLDER = 'backroom.schema: is too old to be read';
const FAILED = 'backroom.schema: could not be brought into the present form';

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws Error when the steps leave a gap, which is a mistake in the program. */
export const createUpgrade = (
  steps: readonly UpgradeStep[] = STEPS,
  current: number = PIXEL_SCHEMA_VERSION,
): Upgrade => {
  const oldest = current - steps.length;
  steps.forEach((step, index) => {
    if (step.from !== oldest + index)
      throw new Error(`The upgrades of pixel events have a gap: ${step.from} stands where ${oldest + index} should.`);
  });
  return (input) => {
    if (!isRecord(input) || !isRecord(input.backroom)) return { event: input, changed: false };
    const stated = input.backroom.schema;
    // A version that is no whole number fails the event's own check, with path and reason.
    if (stated === current || !Number.isInteger(stated)) return { event: input, changed: false };
    const version = Number(stated);
    if (version > current) return { problem: NEWER };
    if (version < oldest) return { problem: OLDER };
    try {
      let event: Json = structuredClone(input);
      for (const step of steps.slice(version - oldest)) {
        event = step.to(event);
        event.backroom = { ...(isRecord(event.backroom) ? event.backroom : {}), schema: step.from + 1 };
      }
      return { event, changed: true };
    } catch (error) {
      // An old event in a form that its version never had. It waits with its reason, as any other that does not fit.
      if (error instanceof Error) return { problem: FAILED };
      throw error;
    }
  };
};
