import type { SystemStatus } from '../../../shared/api.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import { FullTime } from '../../components/relative-time.tsx';
import { formatBytes } from '../../lib/format.ts';

export const About = ({ status }: { readonly status: SystemStatus }) => (
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
  </Facts>
);
