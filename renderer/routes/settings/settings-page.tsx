import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { trpc } from '../../api/trpc.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { PageBody } from '../../components/page-body.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { About } from './about.tsx';
import { Addresses } from './addresses.tsx';
import { ApiHealthFacts } from './api-health.tsx';
import { Appearance } from './appearance.tsx';
import { Backups } from './backups.tsx';
import { CredentialsSection } from './credentials-section.tsx';
import { PixelRetentionForm } from './pixel-retention.tsx';
import { PrivacyForm } from './privacy-form.tsx';
import { ReadCache } from './read-cache.tsx';
import { Security } from './security.tsx';
import { TunnelSection } from './tunnel-section.tsx';

const Section = ({
  id,
  title,
  about,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly children: ReactNode;
}) => (
  <section className="br-settings" aria-labelledby={`${id}-title`} id={id}>
    <div className="br-settings-about">
      <h2 id={`${id}-title`}>{title}</h2>
      <p className="br-dim">{about}</p>
    </div>
    <div className="br-settings-body">{children}</div>
  </section>
);

export const SettingsPage = () => {
  const credentials = useQuery(trpc.settings.credentials.queryOptions());
  const health = useQuery(trpc.settings.apiHealth.queryOptions());
  const masterKey = useQuery(trpc.settings.masterKey.queryOptions());
  const status = useQuery(trpc.system.status.queryOptions());
  const backups = useQuery(trpc.backups.list.queryOptions());
  const tunnel = useQuery(trpc.tunnel.get.queryOptions());
  const privacy = useQuery(trpc.privacy.settings.queryOptions());
  const pixel = useQuery(trpc.pixel.retention.queryOptions());
  const cache = useQuery(trpc.browse.cache.queryOptions());
  const missing = (query: { readonly error: unknown; readonly refetch: () => unknown }, title: string) =>
    query.error === null ? (
      <SkeletonLines count={4} label="Settings are being loaded" />
    ) : (
      <ErrorState error={query.error} title={title} onRetry={query.refetch} />
    );
  return (
    <PageBody label="Settings" width="settings">
      <Section
        id="credentials"
        title="App credentials"
        about="The app that stores are connected with. Its client ID and secret are in the app's settings at Shopify."
      >
        {credentials.data === undefined ? (
          missing(credentials, 'The credentials could not be loaded')
        ) : (
          <CredentialsSection credentials={credentials.data} />
        )}
      </Section>
      <Section
        id="tunnel"
        title="Tunnel"
        about="How Shopify and shoppers' browsers reach this computer. Only the public door is ever forwarded, never this console."
      >
        {tunnel.data === undefined ? (
          missing(tunnel, 'The state of the tunnel could not be loaded')
        ) : (
          // A choice that is made elsewhere is shown here as well.
          <TunnelSection key={tunnel.data.mode} tunnel={tunnel.data} />
        )}
      </Section>
      <Section
        id="addresses"
        title="Addresses"
        about="To be entered in the app's configuration at Shopify, exactly as they are here."
      >
        {credentials.data === undefined ? (
          missing(credentials, 'The addresses could not be loaded')
        ) : (
          <Addresses credentials={credentials.data} status={status.data} />
        )}
      </Section>
      <Section id="api" title="Shopify API" about="The version that is called, and what Shopify says about the calls.">
        {health.data === undefined ? (
          missing(health, 'The state of the API could not be loaded')
        ) : (
          <ApiHealthFacts health={health.data} />
        )}
      </Section>
      <Section
        id="security"
        title="Security"
        about="The key that every access token and secret is sealed with on this computer."
      >
        {masterKey.data === undefined ? (
          missing(masterKey, 'The state of the key could not be loaded')
        ) : (
          <Security state={masterKey.data} />
        )}
      </Section>
      <Section
        id="privacy"
        title="Privacy"
        about="How requests about personal data are dealt with, and what of people this console hides."
      >
        {privacy.data === undefined ? (
          missing(privacy, 'The privacy settings could not be loaded')
        ) : (
          <PrivacyForm saved={privacy.data} />
        )}
      </Section>
      <Section
        id="pixel"
        title="Pixel events"
        about="How long and how much of what shoppers' browsers report is kept on this computer, of all stores together."
      >
        {pixel.data === undefined ? (
          missing(pixel, 'The limits of pixel events could not be loaded')
        ) : (
          <PixelRetentionForm kept={pixel.data} />
        )}
      </Section>
      <Section
        id="backups"
        title="Backups"
        about="Copies of the database in the data folder, made each night and whenever you ask."
      >
        {backups.data === undefined ? (
          missing(backups, 'The backups could not be loaded')
        ) : (
          <Backups backups={backups.data} />
        )}
      </Section>
      <Section
        id="cache"
        title="Answers kept in memory"
        about="Counts, values for filters and sums for charts are kept in memory until the rows they are made from change."
      >
        {cache.data === undefined ? (
          missing(cache, 'The state of the kept answers could not be loaded')
        ) : (
          <ReadCache cache={cache.data} />
        )}
      </Section>
      <Section id="appearance" title="Appearance and keyboard" about="Kept on this computer.">
        <Appearance />
      </Section>
      <Section id="about" title="About" about="What is running.">
        {status.data === undefined ? (
          missing(status, 'The state of the backend could not be loaded')
        ) : (
          <About status={status.data} />
        )}
      </Section>
    </PageBody>
  );
};
