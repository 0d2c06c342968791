import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const minutes = (count: number): number => count * 60_000;

/** Shopify's token endpoint: one live pair, each refresh ends the one before. */
export const startShopifyTokens = async (now: () => number) => {
  let issued = 0;
  let live = { access: 'access-0', refresh: 'refresh-0', endsAt: now() + minutes(60) };
  let under = 0;
  const stats = { refreshes: 0, refused: 0, mostAtOnce: 0 };
  /** What happens to the next requests instead of an answer. */
  const faults: ((response: ServerResponse) => void)[] = [];
  let withoutEnd = false;
  const issue = () => {
    issued += 1;
    live = { access: `access-${issued}`, refresh: `refresh-${issued}`, endsAt: now() + minutes(60) };
    return {
      access_token: live.access,
      scope: 'read_products',
      ...(withoutEnd ? {} : { expires_in: 3600 }),
      refresh_token: live.refresh,
      refresh_token_expires_in: 7_776_000,
    };
  };
  const send = (response: ServerResponse, status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const accepts = (token: string): boolean => token === live.access && live.endsAt > now();
  const server = createServer((request, response) => {
    // A call of the Admin API, as far as it matters here.
    const called = request.headers['x-shopify-access-token'];
    if (called !== undefined) {
      response.writeHead(accepts(String(called)) ? 200 : 401).end();
      return;
    }
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      under += 1;
      stats.mostAtOnce = Math.max(stats.mostAtOnce, under);
      // Slow enough that two at once would meet.
      setTimeout(() => {
        under -= 1;
        const fault = faults.shift();
        if (fault) return fault(response);
        const body = JSON.parse(text);
        if (body.client_secret !== 'secret-of-the-app')
          return send(response, 400, { error: 'invalid_client', error_description: 'The client secret is wrong' });
        if (body.grant_type === 'client_credentials') {
          stats.refreshes += 1;
          const { refresh_token: _refresh, refresh_token_expires_in: _end, ...token } = issue();
          return send(response, 200, token);
        }
        if (body.refresh_token !== live.refresh) {
          stats.refused += 1;
          return send(response, 401, {
            error: 'invalid_request',
            error_description: 'requires an active refresh_token',
          });
        }
        stats.refreshes += 1;
        return send(response, 200, issue());
      }, 2);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stats,
    faults,
    answerWithoutEnd: () => {
      withoutEnd = true;
    },
    /** The access token is refused before its time; its refresh token lives. */
    endEarly: (): void => {
      live = { ...live, endsAt: now() };
    },
    /** As when another copy of the app connected: the stored pair is dead. */
    replace: issue,
    accepts,
    close: (): void => {
      server.close();
      server.closeAllConnections();
    },
  };
};

export type ShopifyTokens = Awaited<ReturnType<typeof startShopifyTokens>>;
