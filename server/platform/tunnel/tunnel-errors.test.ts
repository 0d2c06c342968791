import { describe, expect, it } from 'vitest';
import { codeOf, explainTunnelError, NativeModuleMissing } from './tunnel-errors.ts';

const sdkError = (code: number) => new Error(`failed to connect session: some words. error_code: ERR_NGROK_${code}`);

describe('explainTunnelError', () => {
  it.each([
    [103, false, /suspended/],
    [105, false, /authtoken/],
    [106, false, /authtoken/],
    [107, false, /authtoken/],
    [108, true, /agents online/],
    [120, false, /no longer supported/],
    [314, false, /plan/],
    [319, false, /not reserved/],
    [320, false, /another ngrok account/],
    [334, true, /already online/],
    [727, true, /used up/],
    [734, true, /within a minute/],
  ])('ERR_NGROK_%i: again by itself %s', (code, retry, words) => {
    const failure = explainTunnelError(sdkError(code));
    expect(failure).toMatchObject({ code: `ERR_NGROK_${code}`, retry });
    expect(failure.message).toMatch(words);
    expect(failure.hint.length).toBeGreaterThan(10);
  });

  it('tries again after a code it does not know, and says where to read on', () => {
    const failure = explainTunnelError(sdkError(9999));
    expect(failure.retry).toBe(true);
    expect(failure.hint).toContain('https://ngrok.com/docs/errors/err_ngrok_9999');
  });

  // As the SDK (1.7) words them; seen with the edge stand-in.
  it.each([
    ['failed to connect session: failed to establish tcp connection', /no network/],
    ['failed to connect session: tls handshake error', /certificate/],
    ['error closing listener: failed to deserialize rpc response', /broke off/],
    ['something new', /could not be started/],
  ])('%s', (text, words) => {
    const failure = explainTunnelError(new Error(text));
    expect(failure).toMatchObject({ code: null, retry: true });
    expect(failure.message).toMatch(words);
  });

  it('says that the native module is missing, and does not try again', () => {
    expect(explainTunnelError(new NativeModuleMissing('x'))).toMatchObject({ retry: false, code: null });
  });

  it('repeats nothing of what the SDK said', () => {
    const failure = explainTunnelError(new Error('account planted@example.com. error_code: ERR_NGROK_320'));
    expect(JSON.stringify(failure)).not.toContain('planted');
  });

  it('finds the code in an address, too', () => {
    expect(codeOf('https://ngrok.com/docs/errors/err_ngrok_334')).toBe('ERR_NGROK_334');
    expect(codeOf('no code')).toBeNull();
  });
});
