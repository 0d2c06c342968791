import { describe, expect, it } from 'vitest';
import { isAllowedExternalUrl } from './external-url.ts';

describe('addresses for the system browser', () => {
  it.each([
    'https://admin.shopify.com/store/x',
    'http://127.0.0.1:7701/auth/start?ticket=a',
    'http://localhost:7701/',
    'http://[::1]:7701/',
  ])('allows %s', (url) => expect(isAllowedExternalUrl(url)).toBe(true));

  it.each([
    'http://example.com/',
    'http://127.0.0.1.example.com/',
    'http://localhost@example.com/',
    'https://admin.shopify.com@example.com/',
    'file:///etc/passwd',
    'smb://host/share',
    'javascript:alert(1)',
    'app://backroom/',
    'ms-settings:',
    '',
    'not an address',
    `https://example.com/${'a'.repeat(9000)}`,
    42,
    undefined,
    { toString: () => 'https://example.com' },
  ])('refuses %s', (url) => expect(isAllowedExternalUrl(url)).toBe(false));
});
