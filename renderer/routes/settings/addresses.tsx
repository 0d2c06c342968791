import type { Credentials, SystemStatus } from '../../../shared/api.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import { AppToml } from './app-toml.tsx';

interface Props {
  readonly credentials: Credentials;
  readonly status: SystemStatus | undefined;
}

export const Addresses = ({ credentials, status }: Props) => (
  <>
    <Facts>
      <Fact name="App URL">
        <CopyText value={credentials.appUrl} label="app URL" />
      </Fact>
      <Fact name="Redirect URL">
        <CopyText value={credentials.redirectUrl} label="redirect URL" />
      </Fact>
    </Facts>
    {status?.publicUrlIsLocal === true && (
      <p className="br-note">
        These addresses work on this computer only. A real store needs a public address: switch the tunnel on above.
      </p>
    )}
    <AppToml credentials={credentials} />
  </>
);
