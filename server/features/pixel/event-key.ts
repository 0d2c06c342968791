import { textKey } from '../../platform/db/text-key.ts';

/** An event's number, of its store and its id there. */
export const eventKey = (shop: string, eventId: string): number => textKey(shop, '\u001f', eventId, '\u001f');
