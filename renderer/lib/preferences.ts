import { useSyncExternalStore } from 'react';
import { createStore, type Store } from './store.ts';

/** Small choices of this window, kept in the browser's storage: nothing here is worth a round trip to the backend. */
const read = (key: string): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    // Storage can be switched off by policy; the choice then lasts as long as the window.
    return null;
  }
};

const write = (key: string, value: string): void => {
  try {
    localStorage.setItem(key, value);
  } catch (error) {
    console.warn(`The choice "${key}" could not be kept.`, error);
  }
};

export const persistent = <T>(
  key: string,
  initial: T,
  parse: (text: string) => T | null,
  format: (value: T) => string = String,
): Store<T> => {
  const saved = read(key);
  const store = createStore<T>((saved === null ? null : parse(saved)) ?? initial);
  return {
    ...store,
    set: (next) => {
      store.set(next);
      write(key, format(next));
    },
  };
};

export const singleKeys = persistent<boolean>('backroom-single-keys', true, (text) => text !== 'false');
export const useSingleKeys = (): boolean => useSyncExternalStore(singleKeys.subscribe, singleKeys.get);

export const PANE_MIN = 360;
export const PANE_MAX = 880;
const chosenPaneWidth = persistent<number | null>('backroom-pane-width', null, (text) => {
  const width = Number(text);
  return Number.isFinite(width) ? Math.min(PANE_MAX, Math.max(PANE_MIN, width)) : null;
});
/** Until the person chooses: a quarter of a wide window, where rows have room to spare and details don't. */
const usualPaneWidth = (): number => Math.min(680, Math.max(480, Math.round(window.innerWidth / 4)));

/** In px. */
export const paneWidth = {
  get: (): number => chosenPaneWidth.get() ?? usualPaneWidth(),
  set: (width: number): void => chosenPaneWidth.set(width),
};
const subscribeToPaneWidth = (listener: () => void): (() => void) => {
  const forget = chosenPaneWidth.subscribe(listener);
  window.addEventListener('resize', listener);
  return () => {
    forget();
    window.removeEventListener('resize', listener);
  };
};
export const usePaneWidth = (): number => useSyncExternalStore(subscribeToPaneWidth, paneWidth.get);
