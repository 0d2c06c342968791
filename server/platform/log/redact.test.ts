import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';
import { createRedactor } from './redact.ts';

describe('the redactor', () => {
  it.each([
    ['a Shopify token', 'token shpat_0123456789abcdef', 'token [token]'],
    ['a bearer key', 'Authorization: Bearer abcdefgh12345', 'Authorization: Bearer [key]'],
    ['an e-mail address', 'for jane.doe+x@mail.example.com now', 'for [e-mail] now'],
    [
      'query fields',
      '/auth/callback?code=abc&hmac=def&shop=a.myshopify.com',
      '/auth/callback?code=[secret]&hmac=[secret]&shop=a.myshopify.com',
    ],
    ['JSON fields', '{"access_token": "a\\"b","x":1}', '{"access_token": "[secret]","x":1}'],
  ])('removes %s', (_name, line, expected) => {
    expect(createRedactor().redact(line)).toBe(expected);
  });

  it('removes values it was told, and leaves what is too short to tell from text', () => {
    const redactor = createRedactor();
    redactor.add('long-secret-$&-value');
    redactor.add('the');
    expect(redactor.redact('the long-secret-$&-value')).toBe('the [secret]');
  });

  it('leaves ordinary lines and JSON alone', () => {
    const line = '{"level":"info","shop":"a.myshopify.com","code":"SHOPIFY_ERROR","msg":"products imported"}';
    expect(createRedactor().redact(line)).toBe(line);
  });

  it('stands between the log and its output, also for errors with causes', () => {
    const lines: string[] = [];
    const log = createLog({ level: 'info', redactor: createRedactor(), write: (line) => lines.push(line) });
    log.error({ err: new Error('outer', { cause: new Error('jane@example.com shpat_0123456789') }) }, 'failed');
    expect(lines.join('')).toContain('[e-mail] [token]');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'error', msg: 'failed' });
  });
});
