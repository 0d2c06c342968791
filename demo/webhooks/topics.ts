/**
 * `products/update` for `PRODUCTS_UPDATE`. The first words are the resource, the last is what happened to it; a few topics have
 * two words there.
 */
const TWO_WORD_EVENTS = ['SCOPES_UPDATE', 'PARTIALLY_FULFILLED', 'IN_STOCK', 'OUT_OF_STOCK'];

export const topicOfEnum = (name: string): string => {
  const event = TWO_WORD_EVENTS.find((entry) => name.endsWith(`_${entry}`)) ?? name.slice(name.lastIndexOf('_') + 1);
  const resource = name.slice(0, -event.length - 1);
  return `${resource.toLowerCase()}/${event.toLowerCase()}`;
};

export const enumOfTopic = (topic: string): string => topic.replace('/', '_').toUpperCase();
