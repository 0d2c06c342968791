import type { FastifyRequest } from 'fastify';

/** The value of one cookie of a request, as it was sent; undefined when it brings none of this name. */
export const cookieOf = (request: Pick<FastifyRequest, 'headers'>, name: string): string | undefined =>
  request.headers.cookie
    ?.split(/;\s*/)
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1);
