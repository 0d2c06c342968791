import { Agent, request } from 'node:http';

const CONCURRENCY = 32;

/** One request; resolves with its status, or null when no answer came. */
const post = (url, agent, { headers, body }) =>
  new Promise((resolve) => {
    const call = request(url, { method: 'POST', agent, headers });
    call.on('response', (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
      response.on('error', () => resolve(null));
    });
    call.on('error', () => resolve(null));
    call.end(body);
  });

/**
 * Sends all items, many at a time, and kills the backend when number `killAt` is on its way (none: -1), so also amid the group commits and the
 * processing that follow a receipt. `onAnswer` hears each item's status. Resolves with whether the backend was killed.
 */
export const sendAll = async ({ url, items, requestFor, onAnswer, killAt, kill }) => {
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  let next = 0;
  let killing = null;
  const worker = async () => {
    while (next < items.length) {
      const at = next;
      next += 1;
      if (at === killAt) killing = kill();
      onAnswer(items[at], await post(url, agent, requestFor(items[at])));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  agent.destroy();
  await killing;
  return killing !== null;
};
