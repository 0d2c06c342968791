import type { Credentials } from '../../../shared/api.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { CredentialsForm } from './credentials-form.tsx';
import { ImportCredentials } from './import-credentials.tsx';

const SOURCE: Record<Credentials['source'], string> = {
  none: 'No credentials are saved yet. Stores can be connected once they are entered.',
  demo: 'The demo store brings its own credentials. Saving those of a real app here ends the demo and removes its invented data.',
  saved: 'Saved on this computer; the secret is encrypted.',
  environment:
    'Set by the environment (SHOPIFY_API_KEY, SHOPIFY_API_SECRET, SHOPIFY_SCOPES). They can be changed only there. A secret that is replaced there is not kept: webhooks that Shopify still signs with it, for up to an hour, are refused and come again.',
};

export const CredentialsSection = ({ credentials }: { readonly credentials: Credentials }) => (
  <>
    <p className="br-note" data-testid="credentials-source" data-source={credentials.source}>
      {SOURCE[credentials.source]}
    </p>
    {credentials.previousSecrets.length > 0 && (
      <div className="br-note" data-testid="previous-secrets">
        Webhooks signed with a secret that was replaced are still accepted:
        <ul>
          {credentials.previousSecrets.map(({ hint, until }) => (
            <li key={until}>
              the secret ending in {hint}; this is over <RelativeTime iso={until} />
            </li>
          ))}
        </ul>
      </div>
    )}
    {credentials.source === 'environment' ? (
      <Facts>
        <Fact name="Client ID">
          {credentials.apiKey === null ? '–' : <CopyText value={credentials.apiKey} label="client ID" />}
        </Fact>
        <Fact name="Client secret">
          {credentials.apiSecretHint === null ? 'none' : <>ends in {credentials.apiSecretHint}</>}
        </Fact>
        <Fact name="Scopes">
          <ul className="br-chips">
            {credentials.scopes.map((scope) => (
              <li key={scope} className="br-chip">
                {scope}
              </li>
            ))}
          </ul>
        </Fact>
      </Facts>
    ) : (
      <>
        <CredentialsForm
          // Credentials that arrive from elsewhere (an import, another window) fill the form anew.
          key={JSON.stringify([credentials.source, credentials.apiKey, credentials.scopes])}
          credentials={credentials}
        />
        <ImportCredentials />
      </>
    )}
  </>
);
