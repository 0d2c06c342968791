import type { ChainLink } from '../../../shared/api/tasks.ts';
import { toIso } from '../../platform/clock.ts';
import type { QueueReader, TaskRow } from '../../platform/queue/reader.ts';

type Linked = Pick<ChainLink, 'label' | 'state' | 'at'>;

/** What other features know about the things that tasks come from and lead to. */
export interface LinkedLookup {
  origin(kind: 'webhook' | 'sync', id: string): Promise<Linked | null>;
  /** Runs of a sync that the task made, oldest first. */
  syncsOf(task: TaskRow): Promise<readonly (Linked & { readonly id: string })[]>;
}

/** A chain is shown whole up to these; deeper ones are cut, not refused. */
const MAX_UP = 10;
const MAX_LINKS = 60;

const linkOf = (row: TaskRow, depth: number, selfId: string): ChainLink => ({
  kind: 'task',
  id: row.id,
  label: row.name,
  state: row.state,
  at: toIso(row.createdMs),
  depth,
  isSelf: row.id === selfId,
});

/** The whole family of a task, from what set it off down to the last thing it led to: webhook → task → sync. */
export const readChain = async (reader: QueueReader, task: TaskRow, linked: LinkedLookup): Promise<ChainLink[]> => {
  const links: ChainLink[] = [];
  let top = task;
  for (let up = 0; up < MAX_UP && top.parent?.kind === 'task'; up += 1) {
    const parent = await reader.get(top.parent.id);
    if (!parent) break;
    top = parent;
  }
  const origin = top.parent;
  if (origin && origin.kind !== 'task') {
    const kind = origin.kind === 'webhook' ? 'webhook' : 'sync';
    const known = await linked.origin(kind, origin.id);
    const label = known?.label ?? `${kind} ${origin.id}`;
    links.push({
      kind,
      id: origin.id,
      label,
      state: known?.state ?? null,
      at: known?.at ?? null,
      depth: 0,
      isSelf: false,
    });
  }
  const walk = async (row: TaskRow, depth: number): Promise<void> => {
    if (links.length >= MAX_LINKS) return;
    links.push(linkOf(row, depth, task.id));
    for (const sync of await linked.syncsOf(row))
      links.push({ kind: 'sync', ...sync, depth: depth + 1, isSelf: false });
    for (const child of await reader.childrenOf({ kind: 'task', id: row.id })) await walk(child, depth + 1);
  };
  const tops = origin && origin.kind !== 'task' ? await reader.childrenOf({ kind: origin.kind, id: origin.id }) : [top];
  for (const row of tops) await walk(row, links[0]?.kind === 'task' || links.length === 0 ? 0 : 1);
  return links;
};
