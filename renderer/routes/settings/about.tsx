import type { SystemStatus } from '../../../shared/api.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import { FullTime } from '../../components/relative-time.tsx';
import { formatBytes } from '../../lib/format.ts';

const MASTER_KEY: Record<SystemStatus['masterKeySource'], { readonly name: string; readonly meaning: string }> = {
  keychain: {
    name: "The system's keychain",
    meaning:
      'Access tokens and secrets are encrypted with a key that only this user account of the computer can unlock.',
  },
  'key-file': {
    name: 'A key file',
    meaning:
      'No keychain is available here, so the key lies in a file in the data folder that only this user account may read. Whoever can read both the file and the database can read the tokens.',
  },
  environment: {
    name: 'The environment',
    meaning:
      'Access tokens and secrets are encrypted with the key given as BACKROOM_MASTER_KEY. Without that key they cannot be read.',
  },
};

export const About = ({ status }: { readonly status: SystemStatus }) => {
  const key = MASTER_KEY[status.masterKeySource];
  return (
    <Facts>
      <Fact name="Version">
        <CopyText value={status.version} label="version" />
      </Fact>
      <Fact name="Mode">
        {status.mode === 'desktop' ? 'Desktop app' : 'Headless server'}
        {status.demo && <span className="br-dim">, with the demo store</span>}
      </Fact>
      <Fact name="Running since">
        <FullTime iso={status.startedAt} />
      </Fact>
      <Fact name="Public address">
        <CopyText value={status.publicUrl} label="public address" />
      </Fact>
      <Fact name="Admin API version">{status.apiVersion}</Fact>
      <Fact name="Database">SQLite, {formatBytes(status.database.bytes)}</Fact>
      <Fact name="Master key">
        {key.name}
        <p className="br-dim">{key.meaning}</p>
      </Fact>
    </Facts>
  );
};
