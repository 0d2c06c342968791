import { Agent as HttpAgent, request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** Posts bytes and answers with the status; node's own client, because `fetch` writes every header name in lower case. */
export interface Poster {
  /** Rejects when the target is gone or too slow. */
  post(url: string, headers: OutgoingHttpHeaders, body: Buffer): Promise<number>;
  close(): void;
}

export const createPoster = (timeoutMs: number): Poster => {
  const http = new HttpAgent({ keepAlive: true, maxSockets: 256 });
  const https = new HttpsAgent({ keepAlive: true, maxSockets: 256 });
  return {
    post: (url, headers, body) =>
      new Promise((resolve, reject) => {
        const target = new URL(url);
        const options = {
          method: 'POST',
          headers: { ...headers, 'Content-Length': body.length },
          signal: AbortSignal.timeout(timeoutMs),
        };
        const request =
          target.protocol === 'https:'
            ? httpsRequest(target, { ...options, agent: https })
            : httpRequest(target, { ...options, agent: http });
        request.on('response', (response) => {
          // Only the status counts; the body must be read all the same for the connection to be used again.
          response.resume();
          response.on('end', () => resolve(response.statusCode ?? 0));
          response.on('error', reject);
        });
        request.on('error', reject);
        request.end(body);
      }),
    close: () => {
      http.destroy();
      https.destroy();
    },
  };
};
