/** What the app's configuration file at Shopify has to say for this console. */
export interface AppConfiguration {
  readonly clientId: string;
  readonly appUrl: string;
  readonly redirectUrl: string;
  readonly webhooksUrl: string;
  readonly scopes: readonly string[];
  readonly apiVersion: string;
}

/** A TOML basic string; JSON's escapes are a part of TOML's. */
const text = (value: string): string => JSON.stringify(value);

/**
 * The matching `shopify.app.toml`. Compliance topics can be set nowhere else; other topics are subscribed by Backroom itself at each
 * store. https://shopify.dev/docs/apps/build/cli-for-apps/app-configuration
 */
export const writeAppToml = (
  app: AppConfiguration,
): string => `# For \`shopify app deploy\` in the app's project folder. Made by Backroom for its present addresses.
client_id = ${text(app.clientId)}
name = "Backroom"
application_url = ${text(app.appUrl)}
embedded = false

[access_scopes]
scopes = ${text(app.scopes.join(','))}
# Scopes are asked for at each install, so that a change of scopes needs no new version of the app.
use_legacy_install_flow = true

[auth]
redirect_urls = [${text(app.redirectUrl)}]

[webhooks]
api_version = ${text(app.apiVersion)}

  [[webhooks.subscriptions]]
  compliance_topics = ["customers/data_request", "customers/redact", "shop/redact"]
  uri = ${text(app.webhooksUrl)}

[build]
# \`shopify app dev\` would otherwise put its own temporary address in place of these.
automatically_update_urls_on_dev = false
`;
