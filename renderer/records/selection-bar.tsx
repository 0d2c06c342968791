import { Button } from '@mantine/core';
import type { Resource } from '../../shared/browse/columns.ts';
import { notify, notifyError } from '../api/notify.ts';
import { plural } from '../lib/format.ts';
import type { RecordRow } from './record-columns.tsx';

interface Props {
  readonly resource: Resource;
  readonly one: string;
  readonly many: string;
  readonly rows: readonly RecordRow[];
  readonly onClear: () => void;
}

/** What can be done with the rows that are ticked. */
export const SelectionBar = ({ one, many, rows, onClear }: Props) => {
  const copy = (): void => {
    navigator.clipboard.writeText(rows.map((row) => row.id).join('\n')).then(
      () => notify(`${plural(rows.length, 'id')} copied`),
      (error: unknown) => notifyError('The ids could not be copied', error),
    );
  };
  return (
    <fieldset className="br-filters" aria-label={`Selected ${many}`} data-testid="selection-bar">
      <strong className="br-num">{plural(rows.length, one, many)} selected</strong>
      <Button onClick={copy}>Copy ids</Button>
      <Button variant="subtle" onClick={onClear}>
        Clear
      </Button>
    </fieldset>
  );
};
