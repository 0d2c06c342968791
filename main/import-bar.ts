/** `share` from 0 to 1; null: no import runs. */
export interface ImportNews {
  readonly share: number | null;
}

interface Window {
  setProgressBar(progress: number): void;
}

const NONE = -1;

/** How far an import is, on the app's icon in the taskbar or dock. A window that is opened meanwhile shows it too. */
export const createImportBar = (window: () => Window | null) => {
  let share: number | null = null;
  const apply = (): void => window()?.setProgressBar(share ?? NONE);
  return {
    show: (news: ImportNews): void => {
      share = news.share;
      apply();
    },
    apply,
  };
};
