import { expect, it, vi } from 'vitest';

vi.mock('../api/trpc.ts', () => ({ trpc: {} }));
vi.mock('../api/notify.ts', () => ({ notifyError: () => undefined }));
const { maskText } = await import('./masked.tsx');

it.each([
  ['ada@example.com', 'a•••@e•••'],
  ['+49 151 12345678', '•••78'],
  ['Lovelace', 'L•••'],
])('%s is shown as %s', (value, masked) => expect(maskText(value)).toBe(masked));
