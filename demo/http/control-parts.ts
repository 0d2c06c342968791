import { z } from 'zod';
import type { Random } from '../data/random.ts';
import type { Access } from '../shop/access.ts';
import type { Actions } from '../shop/actions.ts';
import type { Clock } from '../shop/clock.ts';
import type { DemoShop } from '../shop/shop.ts';
import type { PixelSender } from '../traffic/pixel-sender.ts';
import type { Storefront } from '../traffic/storefront.ts';
import type { DeliveryService } from '../webhooks/delivery.ts';
import type { FaultPlan } from './faults.ts';

/** What the control API works on. */
export interface ControlParts {
  readonly shops: readonly DemoShop[];
  readonly storefronts: ReadonlyMap<DemoShop, Storefront>;
  readonly deliveries: DeliveryService;
  readonly pixels: PixelSender;
  readonly faults: FaultPlan;
  readonly events: Actions;
  readonly access: Access;
  readonly random: Random;
  readonly clock: Clock;
}

export const ShopName = z.string().optional();
export const RowId = z.union([z.number(), z.string()]);

const failure = (statusCode: number, message: string): Error => Object.assign(new Error(message), { statusCode });
export const notFound = (what: string): Error => failure(404, what);
export const conflict = (what: string): Error => failure(409, what);

/** A number, or the number at the end of a gid. */
export const numericId = (id: number | string): number =>
  Number(String(id).replace(/^gid:\/\/shopify\/[A-Za-z]+\//, ''));

export const readBody = <Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> => {
  const parsed = schema.safeParse(body ?? {});
  if (!parsed.success) throw failure(400, z.prettifyError(parsed.error));
  return parsed.data;
};

export const shopFinder =
  (shops: readonly DemoShop[]) =>
  (domain: string | undefined): DemoShop => {
    const shop = domain === undefined ? shops[0] : shops.find((entry) => entry.profile.domain === domain);
    if (!shop) throw notFound(`no shop ${domain ?? ''}`);
    return shop;
  };

/** The row that was named, or any. */
export const pickId = (
  rows: { readonly count: number; nth(position: number): { readonly id: number } | null },
  id: number | string | undefined,
  random: Random,
): number => {
  if (id !== undefined) return numericId(id);
  const found = rows.nth(random.int(0, Math.max(0, rows.count - 1)));
  if (!found) throw notFound('the shop has none');
  return found.id;
};
