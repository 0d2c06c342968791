import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../../shared/errors.ts';
import { cookieOf } from '../../platform/http/cookies.ts';
import type { Log } from '../../platform/log/log.ts';
import { type BrowserStart, type ConnectFlow, STATE_COOKIE } from './connect.ts';

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** The page that the person's browser ends on. No script, no outside file; it says what happened and what to do. */
const sendPage = (
  reply: FastifyReply,
  status: number,
  page: { title: string; text: string; hint?: string | undefined },
): FastifyReply => {
  const nonce = randomBytes(16).toString('base64');
  return reply
    .code(status)
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    .send(`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(page.title)} · Backroom</title>
<style nonce="${nonce}">:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;display:grid;place-items:center;min-height:90vh;margin:0}
main{max-width:30rem;padding:2rem}h1{font-size:1.25rem;margin:0 0 .5rem}p{margin:.5rem 0}</style></head>
<body><main><h1>${escapeHtml(page.title)}</h1><p>${escapeHtml(page.text)}</p>${page.hint === undefined ? '' : `<p>${escapeHtml(page.hint)}</p>`}</main></body></html>`);
};

type Query = Record<string, string | string[]>;

/** A parameter given twice is an attempt to say two things at once. @throws AppError */
const single = (query: Query): Record<string, string> => {
  const entries = Object.entries(query).map(([name, value]): [string, string] => {
    if (typeof value === 'string') return [name, value];
    throw new AppError('BAD_REQUEST', 'The answer repeats a parameter.', {
      hint: 'Start the connection again in Backroom.',
    });
  });
  return Object.fromEntries(entries);
};

/** `/auth/start` and `/auth/callback`: the two steps of the authorization-code grant that a person's browser walks through. */
export const registerAuthRoutes = (
  app: FastifyInstance,
  options: {
    flow: ConnectFlow;
    secureCookie: () => boolean;
    log: Log;
  },
): void => {
  const cookieFlags = (): string => `Path=/auth; HttpOnly; SameSite=Lax${options.secureCookie() ? '; Secure' : ''}`;
  const fail = (reply: FastifyReply, request: FastifyRequest, thrown: unknown): FastifyReply => {
    if (!(thrown instanceof AppError)) throw thrown;
    options.log.warn({ requestId: request.id, code: thrown.code }, 'connecting a store failed');
    return sendPage(reply, thrown.status, {
      title: 'The store was not connected',
      text: thrown.message,
      hint: thrown.hint,
    });
  };

  const sendOff = (reply: FastifyReply, { redirect, cookie, maxAgeSeconds }: BrowserStart): FastifyReply =>
    reply
      .header('set-cookie', `${STATE_COOKIE}=${cookie}; ${cookieFlags()}; Max-Age=${maxAgeSeconds}`)
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .redirect(redirect, 302);

  app.get<{ Querystring: Query }>('/auth/start', async (request, reply) => {
    try {
      const query = single(request.query);
      // The console's link has a ticket; a visit from Shopify to the app's address is signed instead.
      if (query.ticket !== undefined || query.hmac === undefined)
        return sendOff(reply, await options.flow.start(query.ticket ?? ''));
      const start = await options.flow.startFromShopify(query);
      if (!('connected' in start)) return sendOff(reply, start);
      return sendPage(reply, 200, {
        title: 'The store is connected',
        text: `${start.connected} is in Backroom already. This page can be closed.`,
        hint: 'Backroom is a program on your computer: open it there.',
      });
    } catch (error) {
      return fail(reply, request, error);
    }
  });

  app.get<{ Querystring: Query }>('/auth/callback', async (request, reply) => {
    reply.header('set-cookie', `${STATE_COOKIE}=; ${cookieFlags()}; Max-Age=0`);
    try {
      const { shop } = await options.flow.finish(single(request.query), cookieOf(request, STATE_COOKIE));
      return sendPage(reply, 200, {
        title: 'The store is connected',
        text: `${shop} is now in Backroom. This page can be closed.`,
      });
    } catch (error) {
      return fail(reply, request, error);
    }
  });
};
