import { Button, Menu, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { TaskBulkAction, TaskFilter } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { Counted } from '../../components/counted.tsx';
import { IconChevronDown } from '../../components/icons.ts';
import { plural } from '../../lib/format.ts';
import { useBulkTasks } from './task-actions.ts';

type Action = z.infer<typeof TaskBulkAction>;
type Filter = z.input<typeof TaskFilter>;

const ACTIONS: readonly { action: Action; menu: string; title: string; verb: string; about: string }[] = [
  {
    action: 'retry',
    menu: 'Run failed and cancelled ones again…',
    title: 'Run the tasks shown again',
    verb: 'Run again',
    about: 'Each becomes a new task with the same arguments, linked to the one that failed.',
  },
  {
    action: 'cancel',
    menu: 'Cancel unfinished ones…',
    title: 'Cancel the tasks shown',
    verb: 'Cancel',
    about: 'What runs is stopped, what waits ends.',
  },
  {
    action: 'runNow',
    menu: 'Run delayed ones now…',
    title: 'Run the tasks shown now',
    verb: 'Run now',
    about: 'They become due at once.',
  },
  {
    action: 'hold',
    menu: 'Pause waiting ones…',
    title: 'Pause the tasks shown',
    verb: 'Pause',
    about:
      'They wait until they are resumed. What runs goes on, and what is added later is not paused: for that, pause its queue.',
  },
  {
    action: 'release',
    menu: 'Resume paused ones…',
    title: 'Resume the tasks shown',
    verb: 'Resume',
    about: 'Each is due when it would have been.',
  },
];

/** Something done to all tasks that the filter shows, with their number before. */
export const BulkActions = ({ filter }: { readonly filter: Filter }) => {
  const [chosen, setChosen] = useState<(typeof ACTIONS)[number] | null>(null);
  return (
    <>
      <Menu position="bottom-start" width={260}>
        <Menu.Target>
          <Button rightSection={<IconChevronDown size={14} aria-hidden />}>Actions</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>On all tasks that are shown</Menu.Label>
          {ACTIONS.map((each) => (
            <Menu.Item key={each.action} onClick={() => setChosen(each)}>
              {each.menu}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={chosen !== null} onClose={() => setChosen(null)} title={chosen?.title ?? ''}>
        {chosen !== null && <Confirm chosen={chosen} filter={filter} onClose={() => setChosen(null)} />}
      </Modal>
    </>
  );
};

const Confirm = ({
  chosen,
  filter,
  onClose,
}: {
  readonly chosen: (typeof ACTIONS)[number];
  readonly filter: Filter;
  readonly onClose: () => void;
}) => {
  const input = { action: chosen.action, filter };
  const counting = useQuery(trpc.tasks.countFor.queryOptions(input));
  const { data } = counting;
  const bulk = useBulkTasks(onClose);
  return (
    <div className="br-form">
      <Counted query={counting}>
        {({ count }) => (
          <>
            {plural(count, 'task')} with the filters as they are. <span className="br-dim">{chosen.about}</span>
          </>
        )}
      </Counted>
      <div className="br-form-actions">
        <Button onClick={onClose}>Keep as it is</Button>
        <Button
          variant="filled"
          disabled={data === undefined || data.count === 0}
          loading={bulk.isPending}
          onClick={() => bulk.mutate(input)}
        >
          {chosen.verb} {data !== undefined && data.count > 0 && plural(data.count, 'task')}
        </Button>
      </div>
    </div>
  );
};
