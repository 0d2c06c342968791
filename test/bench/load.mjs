import { connect } from 'node:net';

/**
 * A load generator that costs little: on two cores it runs beside the server it measures, and one that builds each request through an
 * HTTP client would itself be the limit. Each connection sends one ready-made request and waits for its answer.
 *
 * @param {{url: string, seconds: number, connections: number, next: () => {path: string, headers: string, body: string}}} options
 *   `headers` are whole lines, each ended by CRLF. Loopback only; stops by itself.
 * @returns {Promise<{perSecond: number, answered: number}>} `answered` counts 2xx. @throws when any other answer came
 */
export const load = async ({ url, seconds, connections, next }) => {
  const { hostname, port } = new URL(url);
  if (hostname !== '127.0.0.1') throw new Error('a load test aims at loopback only');
  const started = performance.now();
  const ends = started + seconds * 1000;
  let answered = 0;
  const other = new Map();

  const one = () =>
    new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      const send = () => {
        if (performance.now() >= ends) {
          socket.end();
          resolve();
          return;
        }
        const { path, headers, body } = next();
        socket.write(
          `POST ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
        );
      };
      let answer = '';
      socket.setEncoding('latin1');
      socket.on('connect', send);
      socket.on('data', (chunk) => {
        answer += chunk;
        const head = answer.indexOf('\r\n\r\n');
        if (head < 0) return;
        const length = Number(/content-length: (\d+)/i.exec(answer.slice(0, head))?.[1] ?? 0);
        if (answer.length < head + 4 + length) return;
        const status = answer.slice(9, 12);
        if (status.startsWith('2')) answered += 1;
        else other.set(status, (other.get(status) ?? 0) + 1);
        answer = '';
        send();
      });
      socket.on('error', reject);
    });

  await Promise.all(Array.from({ length: connections }, one));
  if (other.size > 0) throw new Error(`answers other than 2xx: ${JSON.stringify(Object.fromEntries(other))}`);
  return { perSecond: answered / ((performance.now() - started) / 1000), answered };
};
