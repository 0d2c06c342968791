/**
 * Why calls would go out without verified certificates, or null. Node reads this variable at each connection, for the whole process:
 * with it anybody on the way could read the stores' tokens.
 */
export const tlsProblem = (env: Readonly<Record<string, string | undefined>>): string | null =>
  env.NODE_TLS_REJECT_UNAUTHORIZED === '0'
    ? 'NODE_TLS_REJECT_UNAUTHORIZED: must not be 0, since Backroom never calls a server whose certificate it can’t verify; for a proxy with a certificate of its own name its root in NODE_EXTRA_CA_CERTS'
    : null;
