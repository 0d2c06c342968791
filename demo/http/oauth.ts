import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Access, TokenAnswer } from '../shop/access.ts';
import type { Actions } from '../shop/actions.ts';
import { DEFAULT_SCOPES, isKnownScope, parseScopes } from '../shop/scopes.ts';
import type { DemoShop } from '../shop/shop.ts';
import { applyHttpFault } from './admin-api.ts';
import type { FaultPlan } from './faults.ts';
import { installPage, loginPage, messagePage, sendPage } from './pages.ts';

export interface OauthParts {
  readonly access: Access;
  readonly faults: FaultPlan;
  /** Redirect URLs of the app besides those on this computer. */
  readonly redirectUrls: readonly string[];
  /** The app's own address: opened from the store's admin, and its host is the only one redirects may go to. */
  readonly appUrl: string | null;
  readonly events: Actions;
  readonly now: () => number;
  readonly delay: (ms: number) => Promise<void>;
  readonly shopOf: (request: FastifyRequest) => DemoShop | null | undefined;
}

const AuthorizeQuery = z.object({
  client_id: z.string().default(''),
  scope: z.string().default(''),
  redirect_uri: z.string().default(''),
  state: z.string().default(''),
  shop: z.string().default(''),
});
type AuthorizeQuery = z.infer<typeof AuthorizeQuery>;

const TokenBody = z.object({
  client_id: z.string(),
  client_secret: z.string(),
  code: z.string().optional(),
  grant_type: z.string().optional(),
  refresh_token: z.string().optional(),
  expiring: z.union([z.string(), z.number(), z.boolean()]).optional(),
  subject_token: z.string().optional(),
  subject_token_type: z.string().optional(),
  shop: z.string().optional(),
});

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const OFFLINE_TOKEN = 'urn:shopify:params:oauth:token-type:offline-access-token';
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const APP_NAME = 'Backroom';

const sameText = (left: string, right: string): boolean => {
  const digest = (text: string): Buffer => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
};

/** The callback's signature: hex HMAC of the sorted query, with spaces as %20. */
export const signQuery = (secret: string, query: Readonly<Record<string, string>>): string => {
  const sorted = new URLSearchParams(Object.entries(query).sort(([left], [right]) => (left < right ? -1 : 1)));
  return createHmac('sha256', secret).update(sorted.toString().replaceAll('+', '%20')).digest('hex');
};

const isLoopback = (uri: string): boolean => {
  if (!URL.canParse(uri)) return false;
  const url = new URL(uri);
  return url.protocol === 'http:' && LOOPBACK.test(url.hostname);
};

export const registerOauth = (server: FastifyInstance, parts: OauthParts): void => {
  const { access } = parts;

  /** What is wrong with an install request, as Shopify's page says it. */
  const problemOf = (
    query: AuthorizeQuery,
    shop: DemoShop | null | undefined,
  ): { status: number; title: string; message: string } | null => {
    if (!shop)
      return {
        status: 404,
        title: 'Sorry, this shop is currently unavailable.',
        message: query.shop ? `There is no shop at ${query.shop}.` : 'The request names no shop.',
      };
    const oauthError = (message: string) => ({ status: 400, title: 'Oauth error', message });
    if (query.client_id !== access.clientId)
      return oauthError('application_cannot_be_found: Could not find an app with this client ID.');
    const isOnThisComputer = access.rules.loopbackRedirects && isLoopback(query.redirect_uri);
    if (!isOnThisComputer && !parts.redirectUrls.includes(query.redirect_uri))
      return oauthError('invalid_request: The redirect_uri is not whitelisted');
    const appHost = parts.appUrl === null ? null : new URL(parts.appUrl).host;
    if (appHost !== null && !isOnThisComputer && new URL(query.redirect_uri).host !== appHost)
      return oauthError('invalid_request: The redirect_uri and application url must have matching hosts');
    const unknown = parseScopes(query.scope).filter((scope) => !isKnownScope(scope));
    return unknown.length > 0 ? oauthError(`invalid_scope: The access scope is invalid: ${unknown.join(', ')}`) : null;
  };
  const scopesOf = (query: AuthorizeQuery): readonly string[] => {
    const asked = parseScopes(query.scope);
    return asked.length > 0 ? asked : DEFAULT_SCOPES;
  };

  server.get('/admin/oauth/authorize', async (request, reply) => {
    const query = AuthorizeQuery.safeParse(request.query);
    if (!query.success)
      return sendPage(reply, 400, messagePage('Oauth error', 'invalid_request: A parameter is given more than once'));
    const shop = parts.shopOf(request);
    const problem = problemOf(query.data, shop);
    if (problem || !shop)
      return sendPage(
        reply,
        problem?.status ?? 404,
        messagePage(problem?.title ?? 'Not found', problem?.message ?? ''),
      );
    const fields = { ...query.data, shop: shop.profile.domain };
    const { logged_in: loggedIn, ...rest } = request.query as Record<string, string>;
    if (access.rules.slowLoginMs > 0 && loggedIn !== '1') {
      const next = `/admin/oauth/authorize?${new URLSearchParams({ ...rest, logged_in: '1' })}`;
      return sendPage(reply, 200, loginPage({ shop, next, waitMs: access.rules.slowLoginMs }));
    }
    return sendPage(reply, 200, installPage({ app: APP_NAME, shop, scopes: scopesOf(query.data), fields }));
  });

  server.post('/admin/oauth/authorize', async (request, reply) => {
    const form = AuthorizeQuery.extend({ decision: z.string().default('') }).safeParse(request.body);
    if (!form.success)
      return sendPage(reply, 400, messagePage('Oauth error', 'invalid_request: The form is incomplete'));
    const shop = parts.shopOf(request);
    const problem = problemOf(form.data, shop);
    if (problem || !shop)
      return sendPage(
        reply,
        problem?.status ?? 404,
        messagePage(problem?.title ?? 'Not found', problem?.message ?? ''),
      );
    if (form.data.decision !== 'install')
      return sendPage(
        reply,
        200,
        messagePage(
          'Installation cancelled',
          `${APP_NAME} was not installed on ${shop.profile.name}. You can close this page.`,
        ),
      );
    const answer: Record<string, string> = {
      code: access.issueCode(shop, scopesOf(form.data)),
      host: Buffer.from(`admin.shopify.com/store/${shop.profile.domain.split('.')[0]}`).toString('base64'),
      shop: shop.profile.domain,
      state: form.data.state,
      timestamp: String(Math.floor(parts.now() / 1000)),
    };
    const target = new URL(form.data.redirect_uri);
    for (const [name, value] of Object.entries({ ...answer, hmac: signQuery(access.clientSecret, answer) }))
      target.searchParams.set(name, value);
    return reply.redirect(target.toString(), 302);
  });

  server.post('/admin/oauth/access_token', async (request, reply) => {
    const fault = parts.faults.take(request.url);
    if (await applyHttpFault(fault, request, reply, parts.delay)) return reply;
    const refuse = (status: number, error: string, description: string) =>
      reply.code(status).send({ error, error_description: description });
    const body = TokenBody.safeParse(request.body);
    if (!body.success) return refuse(400, 'invalid_request', 'A parameter is missing or malformed');
    const { data } = body;
    if (data.client_id !== access.clientId)
      return refuse(400, 'application_cannot_be_found', 'Could not find an app with this client ID.');
    if (!sameText(data.client_secret, access.clientSecret))
      return refuse(400, 'invalid_request', 'The client secret is invalid or missing.');
    const shop = parts.shopOf(request);
    if (shop === undefined) return refuse(404, 'invalid_request', 'There is no such shop.');

    if (data.grant_type === 'refresh_token') {
      const answer = access.refresh(data.refresh_token ?? '', shop);
      return answer
        ? reply.send(answer)
        : refuse(401, 'invalid_request', 'This request requires an active refresh_token');
    }
    if (data.grant_type === 'client_credentials') {
      if (!shop) return refuse(400, 'invalid_request', 'The request names no shop.');
      const answer = access.clientCredentials(shop);
      if (answer === 'shop_not_permitted')
        return refuse(400, answer, 'Client credentials cannot be performed on this shop.');
      if (answer === 'app_not_installed') return refuse(400, answer, 'The app is not installed on this shop.');
      return reply.send(answer);
    }
    if (data.grant_type === TOKEN_EXCHANGE) {
      if (data.subject_token_type !== OFFLINE_TOKEN)
        return refuse(400, 'invalid_subject_token', 'The stand-in exchanges offline tokens only.');
      const answer = access.migrate(data.subject_token ?? '', shop);
      return answer ? reply.send(answer) : refuse(400, 'invalid_subject_token', 'The subject token is invalid.');
    }
    if (data.grant_type !== undefined && data.grant_type !== 'authorization_code')
      return refuse(400, 'unsupported_grant_type', `The grant type ${data.grant_type} is not supported.`);
    const expiring = ['1', 'true'].includes(String(data.expiring ?? '0'));
    const owner = access.shopOfCode(data.code ?? '');
    const answer: TokenAnswer | null = access.redeemCode(data.code ?? '', shop, expiring);
    if (!answer || !owner)
      return refuse(400, 'invalid_request', 'The authorization code was not found or was already used');
    const granted = parseScopes(answer.scope);
    const before = owner.grantedScopes;
    owner.grantedScopes = granted;
    if (before && before.join() !== granted.join()) parts.events.scopesChanged(owner, before, granted);
    return reply.send(answer);
  });

  /** The app's link in the store's admin: Shopify opens the app's address, signed, and the app starts its install or shows itself. */
  server.get('/admin/apps/:app', async (request, reply) => {
    const shop = parts.shopOf(request);
    if (!shop || parts.appUrl === null)
      return sendPage(
        reply,
        404,
        messagePage('Not found', shop ? 'The app has no address yet.' : 'There is no such shop.'),
      );
    const query: Record<string, string> = {
      host: Buffer.from(`admin.shopify.com/store/${shop.profile.domain.split('.')[0]}`).toString('base64'),
      shop: shop.profile.domain,
      timestamp: String(Math.floor(parts.now() / 1000)),
    };
    const target = new URL(parts.appUrl);
    for (const [name, value] of Object.entries({ ...query, hmac: signQuery(access.clientSecret, query) }))
      target.searchParams.set(name, value);
    return reply.redirect(target.toString(), 302);
  });
};
