import autocannon from 'autocannon';

/**
 * POSTs as fast as the server answers, for a bounded time, at a loopback address only.
 * @param {{url: string, seconds: number, connections: number, request: () => {body: string | Buffer, headers?: Record<string, string>, path?: string}}} options
 * @returns {Promise<{perSecond: number, p99Ms: number, ok: number}>} `ok` counts 2xx answers; any other answer is an error.
 */
export const load = async ({ url, seconds, connections, request }) => {
  if (!['127.0.0.1', 'localhost'].includes(new URL(url).hostname)) throw new Error('a load test aims at loopback only');
  const result = await autocannon({
    url,
    method: 'POST',
    connections,
    duration: seconds,
    requests: [
      {
        setupRequest: (prepared) => {
          const { body, headers, path } = request();
          return { ...prepared, body, ...(path === undefined ? {} : { path }), headers: { ...prepared.headers, ...headers } };
        },
      },
    ],
  });
  const bad = result.non2xx + result.errors + result.timeouts;
  if (bad > 0) throw new Error(`${bad} requests were not answered with 2xx (${JSON.stringify(result.statusCodeStats)})`);
  return { perSecond: result['2xx'] / result.duration, p99Ms: result.latency.p99, ok: result['2xx'] };
};
