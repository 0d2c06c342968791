import '../../api/zod-without-eval.ts';
import { TagsInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type Credentials, SaveCredentialsInput } from '../../../shared/api.ts';
import { describeError } from '../../api/errors.ts';
import { notify } from '../../api/notify.ts';
import { queryClient, trpc } from '../../api/trpc.ts';
import { FormSubmit } from './form-parts.tsx';

const SUGGESTED_SCOPES = [
  'read_products',
  'write_products',
  'read_orders',
  'read_all_orders',
  'read_customers',
  'write_pixels',
  'read_customer_events',
  'read_inventory',
  'read_locations',
  'read_fulfillments',
  'read_shopify_payments_payouts',
];

type Field = 'apiKey' | 'apiSecret' | 'scopes';

const FIELDS: readonly Field[] = ['apiKey', 'apiSecret', 'scopes'];

/** The first message for each field, capitalised: the schema's messages are parts of sentences. */
const messagesOf = (
  issues: readonly { readonly path: PropertyKey[]; readonly message: string; readonly input?: unknown }[],
  scopes: readonly string[],
) => {
  const messages: Partial<Record<Field, string>> = {};
  for (const issue of issues) {
    const field = FIELDS.find((name) => name === issue.path[0]);
    if (field === undefined || messages[field] !== undefined) continue;
    const index = issue.path[1];
    const subject = typeof index === 'number' ? `“${scopes[index] ?? ''}” ` : '';
    const message = `${subject}${issue.message}`;
    messages[field] = `${message.charAt(0).toUpperCase()}${message.slice(1)}`;
  }
  return messages;
};

export const CredentialsForm = ({ credentials }: { readonly credentials: Credentials }) => {
  const own = credentials.source === 'saved';
  const [apiKey, setApiKey] = useState(own ? (credentials.apiKey ?? '') : '');
  const [apiSecret, setApiSecret] = useState('');
  const [scopes, setScopes] = useState<string[]>(credentials.scopes);
  const [tried, setTried] = useState(false);

  const save = useMutation(
    trpc.settings.saveCredentials.mutationOptions({
      onSuccess: (saved) => {
        setApiSecret('');
        setTried(false);
        notify('Credentials saved');
        queryClient.setQueryData(trpc.settings.credentials.queryKey(), saved);
      },
    }),
  );

  const keepsSecret = own && credentials.apiSecretHint !== null && apiKey.trim() === credentials.apiKey;
  const parsed = SaveCredentialsInput.safeParse({ apiKey, scopes, ...(apiSecret.trim() === '' ? {} : { apiSecret }) });
  const messages = !tried || parsed.success ? {} : messagesOf(parsed.error.issues, scopes);
  const secretMissing = apiSecret.trim() === '' && !keepsSecret;
  const failed = save.error === null ? null : describeError(save.error);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (parsed.success && !secretMissing) save.mutate(parsed.data);
  };

  return (
    <form className="br-form" onSubmit={submit} noValidate data-testid="credentials-form">
      <TextInput
        label="Client ID"
        value={apiKey}
        error={messages.apiKey}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setApiKey(event.currentTarget.value)}
      />
      <TextInput
        label="Client secret"
        type="password"
        description={
          keepsSecret
            ? `A secret is saved; it ends in ${credentials.apiSecretHint}. Leave this empty to keep it.`
            : 'Stored encrypted and never shown again.'
        }
        placeholder={keepsSecret ? `•••• ${credentials.apiSecretHint}` : ''}
        value={apiSecret}
        error={messages.apiSecret ?? (tried && secretMissing ? 'A client secret is needed.' : null)}
        autoComplete="new-password"
        onChange={(event) => setApiSecret(event.currentTarget.value)}
      />
      <TagsInput
        label="Scopes"
        description="What the app may do in a store. Type one and press Enter; a pasted list is split at commas."
        value={scopes}
        data={SUGGESTED_SCOPES.filter((scope) => !scopes.includes(scope))}
        splitChars={[',', ' ']}
        error={messages.scopes}
        onChange={setScopes}
      />
      {failed !== null && (
        <div className="br-note" data-tone="bad" role="alert">
          {failed.message} {failed.hint}
        </div>
      )}
      <FormSubmit saving={save.isPending}>Save credentials</FormSubmit>
    </form>
  );
};
