import type { Query } from '@tanstack/react-query';

const REST_MS = 15_000;

/**
 * What failed a moment ago and has nothing to show is not asked again by each live message: in a busy store its words would give way to a
 * loading screen several times a second. `now` in ms.
 */
export const isResting = ({ state }: Pick<Query, 'state'>, now: number): boolean =>
  state.status === 'error' && state.data === undefined && now - state.errorUpdatedAt < REST_MS;
