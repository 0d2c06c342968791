import type { EvidenceEntry } from '../../../shared/api/privacy.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { formatCount } from '../../lib/format.ts';
import { entryWords, tablesOf } from './words.ts';

/** What happened to a request, oldest first, out of the evidence. */
export const Timeline = ({ entries }: { readonly entries: readonly EvidenceEntry[] }) => (
  <ol className="br-timeline" data-testid="privacy-timeline">
    {entries.map((entry) => (
      <li key={entry.seq} data-kind={entry.kind}>
        <div className="br-timeline-line">
          <span>{entryWords(entry)}</span>
          <RelativeTime iso={entry.at} />
        </div>
        <Tables entry={entry} />
      </li>
    ))}
  </ol>
);

const Tables = ({ entry }: { readonly entry: EvidenceEntry }) => {
  const tables = tablesOf(entry.facts);
  if (tables.length === 0) return null;
  return (
    <ul className="br-timeline-facts">
      {tables.map(({ table, rows, how }) => (
        <li key={table}>
          <span className="br-mono">{table}</span> {formatCount(rows)}
          {how !== undefined && ` ${how}`}
        </li>
      ))}
    </ul>
  );
};
