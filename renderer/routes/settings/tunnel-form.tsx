import '../../api/zod-without-eval.ts';
import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { SaveTunnelInput, type Tunnel } from '../../../shared/api.ts';
import { fieldError } from './field-error.ts';
import { FormSubmit } from './form-parts.tsx';

interface Props {
  readonly tunnel: Tunnel;
  readonly saving: boolean;
  readonly onSave: (input: SaveTunnelInput) => void;
}

/** Token and domain of the ngrok account. */
export const NgrokForm = ({ tunnel, saving, onSave }: Props) => {
  const [token, setToken] = useState('');
  const [domain, setDomain] = useState(tunnel.domain.value ?? '');
  const [tried, setTried] = useState(false);
  const hasToken = tunnel.token.hint !== null;
  const fixedToken = tunnel.token.from === 'environment';
  const fixedDomain = tunnel.domain.from === 'environment';
  const input: SaveTunnelInput = {
    mode: 'ngrok',
    ...(token.trim() === '' ? {} : { token }),
    ...(fixedDomain || domain.trim() === (tunnel.domain.value ?? '') ? {} : { domain: domain.trim() || null }),
  };
  const missing = token.trim() === '' && !hasToken;
  const parsed = SaveTunnelInput.safeParse(input);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!parsed.success || missing) return;
    onSave(input);
    setToken('');
  };
  return (
    <form className="br-form" onSubmit={submit} noValidate data-testid="tunnel-form">
      <TextInput
        label="Authtoken"
        type="password"
        description={
          fixedToken
            ? `Set by NGROK_AUTHTOKEN; it ends in ${tunnel.token.hint}.`
            : hasToken
              ? `A token is saved; it ends in ${tunnel.token.hint}. Leave this empty to keep it.`
              : 'From dashboard.ngrok.com, “Your Authtoken”. Stored encrypted and never shown again.'
        }
        placeholder={hasToken ? `•••• ${tunnel.token.hint}` : ''}
        value={token}
        disabled={fixedToken}
        error={tried ? (missing ? 'An authtoken is needed.' : fieldError(parsed, 'token')) : null}
        autoComplete="new-password"
        onChange={(event) => setToken(event.currentTarget.value)}
      />
      <TextInput
        label="Domain"
        description={
          fixedDomain
            ? 'Set by NGROK_DOMAIN.'
            : 'From dashboard.ngrok.com, “Domains”. Empty: the account’s own, which stays the same on the free plan.'
        }
        placeholder="my-name.ngrok-free.dev"
        value={domain}
        disabled={fixedDomain}
        error={tried ? fieldError(parsed, 'domain') : null}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setDomain(event.currentTarget.value)}
      />
      <FormSubmit saving={saving} disabled={fixedToken && fixedDomain}>
        {tunnel.mode === 'ngrok' ? 'Save' : 'Save and switch on'}
      </FormSubmit>
    </form>
  );
};

/** An address that leads to the public door without our tunnel. */
export const OwnUrlForm = ({ tunnel, saving, onSave }: Props) => {
  const [ownUrl, setOwnUrl] = useState(tunnel.ownUrl.value ?? '');
  const [tried, setTried] = useState(false);
  const fixed = tunnel.ownUrl.from === 'environment';
  const input: SaveTunnelInput = { mode: 'own-url', ownUrl };
  const parsed = SaveTunnelInput.safeParse(input);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (parsed.success) onSave(input);
  };
  return (
    <form className="br-form" onSubmit={submit} noValidate data-testid="own-url-form">
      <TextInput
        label="Public URL"
        description={
          fixed
            ? 'Set by BACKROOM_PUBLIC_URL. It can be changed only there.'
            : 'A server or tunnel of your own that leads to the public door of this computer. The built-in tunnel is off.'
        }
        placeholder="https://shop.example.com"
        value={ownUrl}
        disabled={fixed}
        error={tried ? fieldError(parsed, 'ownUrl') : null}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setOwnUrl(event.currentTarget.value)}
      />
      {!fixed && <FormSubmit saving={saving}>{tunnel.mode === 'own-url' ? 'Save' : 'Save and use'}</FormSubmit>}
    </form>
  );
};
