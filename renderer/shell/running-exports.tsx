import { ActionIcon } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { notifyError } from '../api/notify.ts';
import { trpc } from '../api/trpc.ts';
import { IconDownload, IconX } from '../components/icons.ts';
import { formatCount, percent } from '../lib/format.ts';

/** Exports that are being written, on every screen: how far each is, and what ends it. */
export const RunningExports = () => {
  const { data } = useQuery(trpc.browse.exports.queryOptions());
  const { mutate: cancel, isPending } = useMutation(
    trpc.browse.cancelExport.mutationOptions({
      onError: (error) => notifyError('The export could not be cancelled', error),
    }),
  );
  return data?.items.map(({ id, resource, rows, total }) => {
    const done = percent(rows, total);
    return (
      <span key={id} className="br-status-item" data-testid="running-export">
        <IconDownload size={14} aria-hidden />
        <span className="br-num">
          Exporting {resource}: {formatCount(rows)}
          {total !== null && ` of ${formatCount(total)}`}
          {done !== null && ` (${done}%)`}
        </span>
        <ActionIcon
          size={18}
          variant="transparent"
          disabled={isPending}
          aria-label={`Cancel the export of ${resource}`}
          title="Cancel"
          onClick={() => cancel({ id })}
        >
          <IconX size={12} aria-hidden />
        </ActionIcon>
      </span>
    );
  });
};
