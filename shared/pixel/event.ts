import { z } from 'zod';

/**
 * A web pixel event as Shopify hands it to an app pixel: https://shopify.dev/docs/api/web-pixels-api. The envelope is strict; of the
 * data, what the console relies on. Unknown keys are kept. Ids may be numbers as text or gids; money here is a JSON number.
 */
const Money = z.looseObject({ amount: z.number(), currencyCode: z.string() }).nullable();
const Variant = z.looseObject({
  id: z.string().nullable(),
  title: z.string().nullish(),
  sku: z.string().nullish(),
  price: Money,
  product: z.looseObject({
    id: z.string(),
    title: z.string().nullish(),
    vendor: z.string().nullish(),
    type: z.string().nullish(),
  }),
});
const CartLine = z.looseObject({ merchandise: Variant, quantity: z.number().int().nonnegative() });
const Checkout = z.looseObject({
  token: z.string().nullish(),
  currencyCode: z.string().nullish(),
  totalPrice: Money.optional(),
  lineItems: z.array(z.looseObject({ quantity: z.number().int(), variant: Variant.nullish() })),
  order: z.looseObject({ id: z.string().nullish() }).nullish(),
});

/** The newest form of event this version reads; older ones are upgraded, newer ones wait in quarantine. */
export const PIXEL_SCHEMA_VERSION = 1;
/** The extension that this version of Backroom comes with; a test compares it with `extensions/web-pixel`. */
export const PIXEL_EXTENSION_VERSION = '1.0.0';

/** What Backroom's own extension adds to each event. Absent when something else sent it. */
export const PixelStamp = z.looseObject({
  extension: z.string().regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/),
  schema: z.number().int().min(0),
  /** The page this event belongs to, and its number there from 1: a gap is a lost event. */
  page: z.string().min(1).max(100),
  n: z.number().int().min(1),
  /** Letters of what the shopper allowed: (a)nalytics, (m)arketing, (p)references, (s)ale of data. */
  privacy: z.string().regex(/^[amps]{0,4}$/),
  /** Events this page has given up so far. */
  lost: z.number().int().min(0).optional(),
  /** By the shopper's clock, when it was sent. */
  sentAt: z.iso.datetime({ offset: true }),
});
export type PixelStamp = z.output<typeof PixelStamp>;

const envelope = {
  backroom: PixelStamp.optional(),
  id: z.string().min(1).max(100),
  clientId: z.string().min(1).max(100),
  timestamp: z.iso.datetime({ offset: true }),
  seq: z.number().int().nonnegative().optional(),
  context: z
    .looseObject({
      document: z.looseObject({ location: z.looseObject({ href: z.string().max(4096) }).optional() }).optional(),
    })
    .optional(),
};
const standard = <Name extends string, Data extends z.ZodType>(name: Name, data: Data) =>
  z.looseObject({ ...envelope, type: z.literal('standard').optional(), name: z.literal(name), data });
const checkoutData = z.looseObject({ checkout: Checkout });

export const StandardPixelEvent = z.discriminatedUnion('name', [
  standard('page_viewed', z.looseObject({}).optional()),
  standard('product_viewed', z.looseObject({ productVariant: Variant })),
  standard(
    'collection_viewed',
    z.looseObject({ collection: z.looseObject({ id: z.string(), title: z.string().nullish() }) }),
  ),
  standard('search_submitted', z.looseObject({ searchResult: z.looseObject({ query: z.string() }) })),
  standard('cart_viewed', z.looseObject({ cart: z.looseObject({ lines: z.array(CartLine) }).nullable() })),
  standard('product_added_to_cart', z.looseObject({ cartLine: CartLine.nullable() })),
  standard('product_removed_from_cart', z.looseObject({ cartLine: CartLine.nullable() })),
  standard('checkout_started', checkoutData),
  standard('checkout_address_info_submitted', checkoutData),
  standard('checkout_contact_info_submitted', checkoutData),
  standard('checkout_shipping_info_submitted', checkoutData),
  standard('payment_info_submitted', checkoutData),
  standard('checkout_completed', checkoutData),
  standard('alert_displayed', z.looseObject({ alert: z.looseObject({ message: z.string() }) })),
  standard('ui_extension_errored', z.looseObject({ error: z.looseObject({}) })),
]);
export const STANDARD_NAMES: readonly string[] = StandardPixelEvent.options.map((option) => option.shape.name.value);

/** The schema that an event of this name must fit. */
export const schemaOfEvent = (name: string): z.ZodType =>
  StandardPixelEvent.options.find((option) => option.shape.name.value === name) ?? CustomPixelEvent;

/** Anyone on the storefront can publish custom events: only their envelope is checked. */
export const CustomPixelEvent = z.looseObject({
  ...envelope,
  type: z.string().optional(),
  name: z.string().min(1).max(100),
});
export type PixelEvent = z.output<typeof CustomPixelEvent>;
