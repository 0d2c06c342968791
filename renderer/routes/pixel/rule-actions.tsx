import { Button, Modal, Switch } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { PixelRule } from '../../../shared/api.ts';
import { notify, notifyError } from '../../api/notify.ts';
import { queryClient, trpc } from '../../api/trpc.ts';
import { IconRefresh } from '../../components/icons.ts';
import { formatCount, plural, shortShop } from '../../lib/format.ts';

const refresh = () => queryClient.invalidateQueries(trpc.pixel.pathFilter());

export const RuleSwitch = ({ rule }: { readonly rule: PixelRule }) => {
  const enable = useMutation(
    trpc.pixel.enableRule.mutationOptions({
      onSuccess: refresh,
      onError: (error) => notifyError('The rule could not be switched', error),
    }),
  );
  return (
    <Switch
      label={rule.enabled ? 'On' : 'Off'}
      checked={rule.enabled}
      disabled={enable.isPending}
      onChange={(event) => enable.mutate({ shop: rule.shop, name: rule.name, enabled: event.currentTarget.checked })}
    />
  );
};

/** Events that wait in quarantine do not move by themselves when a rule changes. */
export const WaitingEvents = ({ rule }: { readonly rule: PixelRule }) => {
  const rerun = useMutation(
    trpc.pixel.rerun.mutationOptions({
      onSuccess: async ({ accepted, remaining }) => {
        notify(
          'Checked again',
          `${plural(accepted, 'event')} fit now and left quarantine; ${formatCount(remaining)} remain.`,
        );
        await refresh();
      },
      onError: (error) => notifyError('The events could not be checked again', error),
    }),
  );
  return (
    <div className="br-rule-foot">
      <p className="br-dim">Events of this name that wait in quarantine can be tried again after a change.</p>
      <Button
        leftSection={<IconRefresh size={14} aria-hidden />}
        loading={rerun.isPending}
        onClick={() => rerun.mutate({ shop: rule.shop, name: rule.name })}
      >
        Check waiting events
      </Button>
    </div>
  );
};

export const DeleteRule = ({ rule, onDeleted }: { readonly rule: PixelRule; readonly onDeleted: () => void }) => {
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation(
    trpc.pixel.removeRule.mutationOptions({
      onSuccess: async () => {
        notify('Rule deleted', `“${rule.name}” events are taken in any form again.`);
        onDeleted();
        await refresh();
      },
      onError: (error) => notifyError('The rule could not be deleted', error),
    }),
  );
  return (
    <div className="br-rule-foot">
      <p className="br-dim">Without the rule, events of this name are taken in any form.</p>
      <Button color="red.9" variant="default" onClick={() => setAsking(true)}>
        Delete the rule
      </Button>
      <Modal opened={isAsking} onClose={() => setAsking(false)} title="Delete this rule?" size={420}>
        <div className="br-form">
          <p>
            The rule of <strong>{rule.name}</strong> in {shortShop(rule.shop)} is deleted with its schema. What waits in
            quarantine because of it stays there until it is checked again.
          </p>
          <div className="br-form-actions">
            <Button onClick={() => setAsking(false)}>Cancel</Button>
            <Button
              variant="filled"
              color="red.9"
              loading={remove.isPending}
              onClick={() => remove.mutate({ shop: rule.shop, name: rule.name })}
            >
              Delete
            </Button>
          </div>
        </div>
      </Modal>
    </div>
  );
};
