import Fastify from 'fastify';

/** What one POST costs on this machine before any work is done: raw body, 204. */
const app = Fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
app.post('/*', async (_request, reply) => reply.code(204).send());
const url = await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${JSON.stringify({ event: 'ready', url })}\n`);
