import { type Clock, toIso } from '../platform/clock.ts';

/** Something that Shopify said about how it is called, which nobody would see otherwise. */
export interface ApiNotice {
  readonly kind: 'deprecated' | 'version';
  /** The operation's name, or the version that was asked for. */
  readonly subject: string;
  readonly message: string;
  readonly count: number;
  readonly firstAt: string;
  readonly lastAt: string;
}

export interface ApiNotices {
  note(notice: Pick<ApiNotice, 'kind' | 'subject' | 'message'>): void;
  /** Newest first. */
  list(): readonly ApiNotice[];
}

/** There are a few dozen operations; more kinds of notice than this would be a defect of ours. */
const MAX_NOTICES = 100;

/** Kept in memory: what still holds is said again by the next call. */
export const createApiNotices = (clock: Clock, onNew: (notice: ApiNotice) => void): ApiNotices => {
  const notices = new Map<string, ApiNotice>();
  return {
    note: ({ kind, subject, message }) => {
      const key = `${kind}\n${subject}\n${message}`;
      const found = notices.get(key);
      const at = toIso(clock.now());
      const notice: ApiNotice = {
        kind,
        subject,
        message,
        count: (found?.count ?? 0) + 1,
        firstAt: found?.firstAt ?? at,
        lastAt: at,
      };
      // Removed first, so that the newest is last and the oldest is the one that goes.
      notices.delete(key);
      notices.set(key, notice);
      const oldest = notices.keys().next().value;
      if (notices.size > MAX_NOTICES && oldest !== undefined) notices.delete(oldest);
      if (!found) onNew(notice);
    },
    list: () => [...notices.values()].reverse(),
  };
};
