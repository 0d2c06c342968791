import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { notify, notifyError } from '../../api/notify.ts';
import { queryClient, trpc } from '../../api/trpc.ts';
import { Choice } from '../../components/choice.tsx';
import { IconRefresh } from '../../components/icons.ts';
import { formatCount, plural, shortShop } from '../../lib/format.ts';

interface Props {
  readonly shop: string | undefined;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** Names that came in the last day. */
export const NameChoice = ({ shop, value, onChange }: Props) => {
  const { data } = useQuery(trpc.pixel.health.queryOptions({ shop, period: 'day' }));
  const options = (data?.names ?? []).map(({ name, accepted, quarantined }) => ({
    value: name,
    label: name,
    note: formatCount(accepted + quarantined),
  }));
  return <Choice label="Event" all="all" options={options} value={value} onChange={onChange} />;
};

/** Quarantine by reason; a chosen reason can be checked again after something changed. */
export const ReasonChoice = ({ shop, value, onChange }: Props) => {
  const { data } = useQuery(trpc.pixel.quarantineGroups.queryOptions({ shop }));
  const groups = data?.items ?? [];
  const rerun = useMutation(
    trpc.pixel.rerun.mutationOptions({
      onSuccess: async ({ accepted, remaining }) => {
        notify(
          'Checked again',
          `${plural(accepted, 'event')} now fit and left quarantine; ${formatCount(remaining)} remain.`,
        );
        await queryClient.invalidateQueries(trpc.pixel.pathFilter());
      },
      onError: (error) => notifyError('The events could not be checked again', error),
    }),
  );
  const options = groups.map((group) => ({
    value: group.reason,
    label: group.reason,
    note: `${formatCount(group.events)} · ${shortShop(group.shop)}`,
  }));
  const chosen = groups.filter(({ reason }) => reason === value);
  return (
    <>
      <Choice
        label="Reason"
        all="all"
        wide
        options={options.filter((option, index) => options.findIndex(({ value: v }) => v === option.value) === index)}
        value={value}
        onChange={onChange}
      />
      {chosen.length > 0 && (
        <Button
          leftSection={<IconRefresh size={14} aria-hidden />}
          loading={rerun.isPending}
          onClick={() => {
            for (const group of chosen) rerun.mutate({ shop: group.shop, reason: group.reason });
          }}
        >
          Check again
        </Button>
      )}
    </>
  );
};
