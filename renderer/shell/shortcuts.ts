import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { singleKeys } from '../lib/preferences.ts';
import { openShortcutHelp, togglePalette } from './palette-store.ts';
import { SCREENS } from './screens.ts';

const isApple = /mac|iphone|ipad/i.test(navigator.userAgent);
export const modKey = isApple ? '⌘' : 'Ctrl';

/** True where a letter is text: single-key shortcuts must not take it. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select, [role="textbox"], [role="combobox"]'));

export const isModalOpen = (): boolean => document.querySelector('[aria-modal="true"]') !== null;

/** Plain letter keys, when they are switched on and nothing else wants them. */
export const wantsSingleKey = (event: KeyboardEvent): boolean =>
  singleKeys.get() &&
  !event.defaultPrevented &&
  !event.ctrlKey &&
  !event.metaKey &&
  !event.altKey &&
  !isTyping(event.target) &&
  !isModalOpen();

const SEQUENCE_TIME = 1200;

/** Mod+K. Listens from the start of the script: a key pressed while the first screen still renders must not be lost. */
export const listenForPalette = (): void => {
  window.addEventListener('keydown', (event) => {
    if (!(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== 'k') return;
    event.preventDefault();
    togglePalette();
  });
};

/** `g` and a letter, `/` and `?`, on every screen. */
export const useShortcuts = (): void => {
  const navigate = useNavigate();
  useEffect(() => {
    let goneAt = 0;
    const onKey = (event: KeyboardEvent): void => {
      if (!wantsSingleKey(event)) return;
      if (Date.now() - goneAt < SEQUENCE_TIME) {
        goneAt = 0;
        const screen = SCREENS.find(({ key }) => key === event.key);
        if (screen !== undefined) {
          event.preventDefault();
          navigate({ to: screen.path }).catch((error: unknown) => console.warn('Going to the screen failed.', error));
          return;
        }
      }
      if (event.key === 'g') {
        goneAt = Date.now();
      } else if (event.key === '?') {
        event.preventDefault();
        openShortcutHelp();
      } else if (event.key === '/') {
        const field = document.querySelector<HTMLInputElement>('[data-search-field] input, input[data-search-field]');
        if (field === null) return;
        event.preventDefault();
        field.focus();
        field.select();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate]);
};
