import type { Resource } from '../../shared/browse/columns.ts';
import { createStore } from '../lib/store.ts';

export interface RecentRecord {
  readonly resource: Resource;
  readonly id: string;
  readonly title: string;
}

const KEPT = 8;

/** What was opened last, newest first. In memory only: titles name people, and an erasure must not have to look in a browser's storage. */
export const recentRecords = createStore<readonly RecentRecord[]>([]);

export const noteRecent = (record: RecentRecord): void => {
  const others = recentRecords.get().filter((each) => each.id !== record.id);
  recentRecords.set([record, ...others].slice(0, KEPT));
};
