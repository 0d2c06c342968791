import { Button } from '@mantine/core';
import { CopyButton } from '../../components/copy-text.tsx';
import { IconDownload } from '../../components/icons.ts';

const save = (text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/toml' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'shopify.app.toml';
  link.click();
  URL.revokeObjectURL(url);
};

/** The configuration that makes the app at Shopify fit this console; the compliance topics can be set in no other way. */
export const AppToml = ({ text }: { readonly text: string }) => (
  <details className="br-help" data-testid="app-toml">
    <summary>The matching shopify.app.toml</summary>
    <p className="br-dim">
      Holds both addresses, the scopes and the privacy topics, which can be set in no other way. Put it into the app’s
      project folder and run <code>shopify app deploy</code>.
    </p>
    <div className="br-form-actions">
      <CopyButton value={text} label="shopify.app.toml" />
      <Button leftSection={<IconDownload size={14} aria-hidden />} onClick={() => save(text)}>
        Save as a file
      </Button>
    </div>
    <pre className="br-toml">{text}</pre>
  </details>
);
