import './pixel.css';
import type { PixelRetention } from '../../../shared/api.ts';
import { Fact, Facts } from '../../components/facts.tsx';
import { FullTime } from '../../components/relative-time.tsx';
import { formatBytes, plural } from '../../lib/format.ts';
import { limitText, usedBytes } from './kept-text.ts';

/** What the pixel's rows take now, and when the oldest of them go. */
export const KeptFacts = ({ kept, columns }: { readonly kept: PixelRetention; readonly columns: 1 | 2 }) => (
  <div className="br-pixel-kept" data-testid="pixel-kept">
    <Facts columns={columns}>
      <Fact name="Space taken">
        <span className="br-num">
          about {formatBytes(usedBytes(kept))} of {formatBytes(kept.megabytes * 1_000_000)}
        </span>
      </Fact>
      <Fact name="Kept for">
        <span className="br-num">{limitText(kept)}</span>
      </Fact>
      <Fact name="Single events">
        <span className="br-num">
          {plural(kept.events.rows, 'event')}, {formatBytes(kept.events.bytes)}
        </span>
      </Fact>
      <Fact name="In quarantine">
        <span className="br-num">
          {plural(kept.quarantine.rows, 'event')}, {formatBytes(kept.quarantine.bytes)}
        </span>
      </Fact>
      <Fact name="Sessions">
        <span className="br-num">
          {plural(kept.sessions.rows, 'session')}, {formatBytes(kept.sessions.bytes)}
        </span>
      </Fact>
      <Fact name="Oldest event">
        {kept.oldestEventAt === null ? <span className="br-dim">–</span> : <FullTime iso={kept.oldestEventAt} />}
      </Fact>
    </Facts>
  </div>
);
