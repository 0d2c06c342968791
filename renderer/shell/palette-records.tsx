import { useDebouncedValue } from '@mantine/hooks';
import type { SpotlightActionData, SpotlightActionGroupData, SpotlightFilterFunction } from '@mantine/spotlight';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type NavigateOptions, useNavigate } from '@tanstack/react-router';
import { useMemo, useSyncExternalStore } from 'react';
import type { SearchHit } from '../../shared/api.ts';
import type { Resource } from '../../shared/browse/columns.ts';
import { notifyError } from '../api/notify.ts';
import { ENDS_UNAWAITED, trpc } from '../api/trpc.ts';
import { shortShop } from '../lib/format.ts';
import { formatRelative } from '../lib/time.ts';
import { type RecentRecord, recentRecords } from '../records/recent-records.ts';
import { SCREENS } from './screens.ts';

/** A search is asked for when typing rests, so that a fast typist asks once. */
const REST_MS = 120;
const SHORTEST = 2;

type SpotlightActions = SpotlightActionData | SpotlightActionGroupData;
const isGroup = (each: SpotlightActions): each is SpotlightActionGroupData => 'actions' in each;
const texts = ({ label, description, keywords }: SpotlightActionData): string =>
  [label, description, ...(Array.isArray(keywords) ? keywords : [keywords])].join(' ').toLowerCase();

/** Marks what the backend has chosen already: it is shown whatever its words are. */
const FOUND = 'found ';

/** Groups stay together and in their order; commands are matched by their words, records as they were found. */
export const paletteFilter: SpotlightFilterFunction = (query, actions) => {
  const wanted = query.trim().toLowerCase();
  return actions.flatMap((each): SpotlightActions[] => {
    if (!isGroup(each)) return [each];
    const kept = each.actions.filter(
      (action) => action.id.startsWith(FOUND) || wanted === '' || texts(action).includes(wanted),
    );
    return kept.length === 0 ? [] : [{ ...each, actions: kept }];
  });
};

const screenFor = (resource: Resource): (typeof SCREENS)[number] | undefined =>
  SCREENS.find(({ path }) => path === `/${resource}`);

interface Found {
  /** To stand before the commands: what the search names whole, and what was open last. */
  readonly before: readonly SpotlightActionGroupData[];
  readonly after: readonly SpotlightActionGroupData[];
  readonly searching: boolean;
}

/** Records of all stores for the command palette: found by what is typed, or the ones that were open last. */
export const usePaletteRecords = (query: string, open: boolean): Found => {
  const navigate = useNavigate();
  const text = query.trim();
  const [rested] = useDebouncedValue(text, REST_MS);
  const { data: stores } = useQuery(trpc.stores.list.queryOptions());
  const severalStores = (stores?.items.length ?? 0) > 1;
  const asks = open && rested.length >= SHORTEST && text.length >= SHORTEST;
  const { data, isFetching } = useQuery({
    ...trpc.browse.everything.queryOptions({ search: rested.slice(0, 200) || ' ' }, ENDS_UNAWAITED),
    enabled: asks,
    placeholderData: keepPreviousData,
  });
  const recent = useSyncExternalStore(recentRecords.subscribe, recentRecords.get);

  return useMemo((): Found => {
    const action = ({ resource, id, title }: RecentRecord, description: string | undefined): SpotlightActionData => {
      const screen = screenFor(resource);
      const RecordIcon = screen?.icon;
      return {
        id: `${FOUND}${id}`,
        label: title,
        ...(description === undefined ? {} : { description }),
        ...(RecordIcon === undefined ? {} : { leftSection: <RecordIcon size={16} aria-hidden /> }),
        onClick: () => {
          const to: NavigateOptions = { to: `/${resource}`, search: { id } };
          navigate(to).catch((error: unknown) => notifyError('The record could not be opened', error));
        },
      };
    };
    if (text.length < SHORTEST) {
      const actions = text === '' ? recent.map((each) => action(each, undefined)) : [];
      return { before: actions.length === 0 ? [] : [{ group: 'Opened last', actions }], after: [], searching: false };
    }
    const groupsOf = (hits: readonly SearchHit[], suffix: string): SpotlightActionGroupData[] =>
      (['orders', 'customers', 'products', 'transactions'] satisfies Resource[]).flatMap((resource) => {
        const own = hits.filter((hit) => hit.resource === resource);
        if (own.length === 0) return [];
        const actions = own.map((hit) =>
          action(
            { ...hit, title: hit.title ?? hit.person ?? '' },
            [
              hit.title === null ? null : hit.person,
              hit.detail,
              hit.at === null ? null : formatRelative(hit.at, Date.now()),
              severalStores ? shortShop(hit.shop) : null,
            ]
              .filter((part) => part !== null && part !== '')
              .join(' · '),
          ),
        );
        return [{ group: `${screenFor(resource)?.label ?? resource}${suffix}`, actions }];
      });
    const hits = asks ? (data?.hits ?? []) : [];
    return {
      before: groupsOf(
        hits.filter((hit) => hit.exact),
        ', exactly',
      ),
      after: groupsOf(
        hits.filter((hit) => !hit.exact),
        '',
      ),
      searching: isFetching || text !== rested,
    };
  }, [asks, data, isFetching, navigate, recent, rested, severalStores, text]);
};
