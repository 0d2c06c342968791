import { useSyncExternalStore } from 'react';
import { persistent } from '../lib/preferences.ts';

/** One choice for all lists: who wants rows only, wants so everywhere. */
export const showCharts = persistent<boolean>('backroom-charts', true, (text) => text !== 'false');
export const useShowCharts = (): boolean => useSyncExternalStore(showCharts.subscribe, showCharts.get);
