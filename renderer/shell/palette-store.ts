import { useSyncExternalStore } from 'react';
import { createStore } from '../lib/store.ts';

/** The palette's code arrives after the first paint; a request to open it made before that is kept. */
const open = createStore(false);
const help = createStore(false);

export const openPalette = (): void => open.set(true);
export const closePalette = (): void => open.set(false);
export const togglePalette = (): void => open.set(!open.get());
export const usePaletteOpen = (): boolean => useSyncExternalStore(open.subscribe, open.get);

export const openShortcutHelp = (): void => help.set(true);
export const closeShortcutHelp = (): void => help.set(false);
export const useShortcutHelpOpen = (): boolean => useSyncExternalStore(help.subscribe, help.get);
