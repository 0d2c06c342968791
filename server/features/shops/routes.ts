import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../../shared/errors.ts';
import type { Log } from '../../platform/log/log.ts';
import type { TokenResponse } from '../../shopify/oauth.ts';
import { type ConnectFlow, STATE_COOKIE } from './connect.ts';

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

const cookieOf = (request: FastifyRequest): string | undefined =>
  request.headers.cookie
    ?.split(/;\s*/)
    .find((part) => part.startsWith(`${STATE_COOKIE}=`))
    ?.slice(STATE_COOKIE.length + 1);

/** `/auth/start` and `/auth/callback`: the two steps of the authorization-code grant that a person's browser walks through. */
export const registerAuthRoutes = (
  app: FastifyInstance,
  options: {
    flow: ConnectFlow;
    onToken: (shop: string, token: TokenResponse) => Promise<void>;
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

  app.get<{ Querystring: { ticket?: string } }>('/auth/start', async (request, reply) => {
    try {
      const { redirect, cookie, maxAgeSeconds } = await options.flow.start(request.query.ticket ?? '');
      return reply
        .header('set-cookie', `${STATE_COOKIE}=${cookie}; ${cookieFlags()}; Max-Age=${maxAgeSeconds}`)
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .redirect(redirect, 302);
    } catch (error) {
      return fail(reply, request, error);
    }
  });

  app.get<{ Querystring: Record<string, string | string[]> }>('/auth/callback', async (request, reply) => {
    reply.header('set-cookie', `${STATE_COOKIE}=; ${cookieFlags()}; Max-Age=0`);
    try {
      // A parameter given twice is an attempt to say two things at once.
      const query: Record<string, string> = {};
      for (const [name, value] of Object.entries(request.query)) {
        if (typeof value !== 'string')
          throw new AppError('BAD_REQUEST', 'The answer repeats a parameter.', {
            hint: 'Start the connection again in Backroom.',
          });
        query[name] = value;
      }
      const { shop, token } = await options.flow.finish(query, cookieOf(request));
      await options.onToken(shop, token);
      return sendPage(reply, 200, {
        title: 'The store is connected',
        text: `${shop} is now in Backroom. This page can be closed.`,
      });
    } catch (error) {
      return fail(reply, request, error);
    }
  });
};
