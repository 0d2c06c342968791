import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { normalizeShopDomain } from '../../../shared/shop-domain.ts';
import { trpc } from '../../api/trpc.ts';
import type { Way } from './connect-ways.ts';
import { CredentialsNote } from './credentials-note.tsx';
import { FailureNote } from './failure-note.tsx';

interface Props {
  readonly way: Way;
  readonly shop: string;
  /** The store is given: it is being reconnected. */
  readonly fixed: boolean;
  readonly pending: boolean;
  readonly error: unknown;
  readonly onSubmit: (domain: string, takeToken: () => string) => void;
  readonly onBack: () => void;
}

const ABOUT: Record<Way, string> = {
  authorization_code: 'The browser opens Shopify’s page, and the store’s owner approves the app there.',
  client_credentials:
    'Backroom asks Shopify for a token with the app’s client ID and secret, and renews it every day by itself.',
  admin_token:
    'In the store’s admin: Settings → Apps → Develop apps → the app → API credentials. The token is stored encrypted and never shown again.',
};
const ACTION: Record<Way, string> = {
  authorization_code: 'Continue in the browser',
  client_credentials: 'Connect',
  admin_token: 'Connect',
};

const domainProblem = (text: string): string =>
  text.trim() === ''
    ? 'A shop domain is needed.'
    : text.includes('.') && !text.includes('shopify.com')
      ? 'This is the store’s own domain. Shopify’s name for it ends in .myshopify.com; the address of the admin pages works too.'
      : 'This is not a shop domain such as my-store.myshopify.com.';

/** The second step: which store, and what this way needs besides. */
export const ConnectForm = ({ way, shop, fixed, pending, error, onSubmit, onBack }: Props) => {
  const [text, setText] = useState(shop);
  const [touched, setTouched] = useState(false);
  const [tokenMissing, setTokenMissing] = useState(false);
  // The token lives in the field alone, and is taken out of it when it is sent.
  const token = useRef<HTMLInputElement>(null);
  const { data: credentials } = useQuery(trpc.settings.credentials.queryOptions());
  const domain = normalizeShopDomain(text);

  const takeToken = (): string => {
    const value = token.current?.value.trim() ?? '';
    if (token.current !== null) token.current.value = '';
    return value;
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTouched(true);
    const isMissing = way === 'admin_token' && (token.current?.value.trim() ?? '') === '';
    setTokenMissing(isMissing);
    if (domain !== null && !isMissing) onSubmit(domain, takeToken);
  };

  return (
    <form className="br-form" onSubmit={submit} noValidate data-testid="connect-form" data-way={way}>
      <p className="br-dim">{ABOUT[way]}</p>
      {way !== 'admin_token' && <CredentialsNote credentials={credentials} onPick={fixed ? null : setText} />}
      <TextInput
        label="Shop domain"
        description={
          domain === null || domain === text.trim()
            ? 'The myshopify.com address, or the address of the admin pages.'
            : `Connects ${domain}`
        }
        placeholder="my-store.myshopify.com"
        value={text}
        readOnly={fixed}
        {...(fixed && way === 'admin_token' ? {} : { 'data-autofocus': true })}
        autoComplete="off"
        spellCheck={false}
        error={touched && domain === null ? domainProblem(text) : null}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => setTouched(text !== '')}
      />
      {way === 'admin_token' && (
        <TextInput
          type="password"
          ref={token}
          label="Admin API access token"
          description="Begins with shpat_. Webhooks of this app are verified with its API secret key: save that as the client secret in Settings."
          placeholder="shpat_…"
          autoComplete="off"
          spellCheck={false}
          error={tokenMissing ? 'The token is needed.' : null}
          {...(fixed ? { 'data-autofocus': true } : {})}
        />
      )}
      <FailureNote error={error} />
      <div className="br-form-actions">
        <Button onClick={onBack} disabled={pending}>
          Back
        </Button>
        <Button type="submit" variant="filled" loading={pending}>
          {ACTION[way]}
        </Button>
      </div>
    </form>
  );
};
