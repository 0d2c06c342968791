import type { ReactNode } from 'react';

interface Props {
  /** What the page is, for whoever comes to it by Tab. */
  readonly label: string;
  readonly width?: 'wide' | 'settings';
  readonly testId?: string;
  readonly children: ReactNode;
}

const WIDTHS = { wide: ' br-page-wide', settings: ' br-settings-page' } as const;

/**
 * The part of a page that scrolls. It takes the focus itself, so that arrows and Page Down scroll it whatever it holds: also before its
 * rows have come, and when nothing in it can be pressed.
 */
export const PageBody = ({ label, width, testId, children }: Props) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
  <section className="br-page" tabIndex={0} aria-label={label} data-testid={testId}>
    <div className={`br-page-inner${width === undefined ? '' : WIDTHS[width]}`}>{children}</div>
  </section>
);
