import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import type { Credentials } from '../../../shared/api.ts';
import { notifyError } from '../../api/notify.ts';
import { queryClient, trpc } from '../../api/trpc.ts';
import { CopyButton } from '../../components/copy-text.tsx';
import { IconAlertTriangle, IconDownload } from '../../components/icons.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { plural } from '../../lib/format.ts';

const save = (text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/toml' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'shopify.app.toml';
  link.click();
  URL.revokeObjectURL(url);
};

type Taken = NonNullable<Credentials['appTomlTaken']>;

/** Long addresses break before a slash of their path, and can still be copied as they are. */
const Value = ({ text }: { readonly text: string }) => {
  if (text === '') return <span className="br-dim">not there</span>;
  const [first = '', ...rest] = text.replaceAll(',', ', ').split(/(?<![/:])(?=\/)/);
  return (
    <code>
      {first}
      {rest.map((part) => (
        <Fragment key={part}>
          <wbr />
          {part}
        </Fragment>
      ))}
    </code>
  );
};

/** What has changed since the file was taken from here, or brought. */
const Changes = ({ taken }: { readonly taken: Taken }) => (
  <div className="br-problem" data-testid="app-toml-changes">
    <IconAlertTriangle size={16} aria-hidden />
    <div>
      <p>
        <strong>
          {plural(taken.changes.length, 'field')} of the app’s configuration{' '}
          {taken.changes.length === 1 ? 'has' : 'have'} changed
        </strong>{' '}
        since it was last taken, <RelativeTime iso={taken.at} />. Until it is deployed again, Shopify refuses to connect
        stores and sends privacy requests to the old address.
      </p>
      <table className="br-toml-changes">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Taken</th>
            <th scope="col">Now</th>
          </tr>
        </thead>
        <tbody>
          {taken.changes.map(({ field, before, now }) => (
            <tr key={field} data-field={field}>
              <th scope="row">{field}</th>
              <td>
                <Value text={before} />
              </td>
              <td>
                <Value text={now} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </div>
);

/** The configuration that makes the app at Shopify fit this console; the compliance topics can be set in no other way. */
export const AppToml = ({ credentials }: { readonly credentials: Credentials }) => {
  const { appToml: text, appTomlTaken: taken } = credentials;
  const take = useMutation(
    trpc.settings.takeAppToml.mutationOptions({
      onSuccess: (next) => queryClient.setQueryData(trpc.settings.credentials.queryKey(), next),
      onError: (error) => notifyError('It could not be noted that the file was taken', error),
    }),
  );
  const differs = taken !== null && taken.changes.length > 0;
  // Taking it ends the difference, and must not fold away what was just copied.
  const [openAtFirst] = useState(differs);
  return (
    <>
      {differs && <Changes taken={taken} />}
      <details className="br-help" data-testid="app-toml" open={openAtFirst}>
        <summary>The matching shopify.app.toml</summary>
        <p className="br-dim">
          Holds both addresses, the scopes and the privacy topics, which can be set in no other way. Put it into the
          app’s project folder and run <code>shopify app deploy</code>.
        </p>
        <div className="br-form-actions">
          <CopyButton value={text} label="shopify.app.toml" onCopied={() => take.mutate()} />
          <Button
            leftSection={<IconDownload size={14} aria-hidden />}
            onClick={() => {
              save(text);
              take.mutate();
            }}
          >
            Save as a file
          </Button>
        </div>
        {taken !== null && !differs && (
          <p className="br-dim" role="status" data-testid="app-toml-taken">
            Taken <RelativeTime iso={taken.at} />; nothing has changed since.
          </p>
        )}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard */}
        <section className="br-toml" tabIndex={0} aria-label="shopify.app.toml">
          <pre>{text}</pre>
        </section>
      </details>
    </>
  );
};
