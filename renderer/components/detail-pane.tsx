import { ActionIcon } from '@mantine/core';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { PANE_MAX, PANE_MIN, paneWidth, usePaneWidth } from '../lib/preferences.ts';
import { IconX } from './icons.ts';

interface Props {
  readonly label: string;
  readonly testId: string;
  readonly title: ReactNode;
  readonly extra?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

const clamp = (width: number): number => Math.round(Math.min(PANE_MAX, Math.max(PANE_MIN, width)));

const onDrag = (event: PointerEvent<HTMLElement>): void => {
  const handle = event.currentTarget;
  const startX = event.clientX;
  const startWidth = paneWidth.get();
  handle.setPointerCapture(event.pointerId);
  const move = (next: globalThis.PointerEvent): void => paneWidth.set(clamp(startWidth + startX - next.clientX));
  const end = (): void => {
    handle.removeEventListener('pointermove', move);
    handle.removeEventListener('lostpointercapture', end);
  };
  handle.addEventListener('pointermove', move);
  handle.addEventListener('lostpointercapture', end);
};

const onArrow = (event: KeyboardEvent): void => {
  const step = event.key === 'ArrowLeft' ? 24 : event.key === 'ArrowRight' ? -24 : 0;
  if (step === 0) return;
  event.preventDefault();
  paneWidth.set(clamp(paneWidth.get() + step));
};

/** The details on the right of a list; their width is kept. */
export const DetailPane = ({ label, testId, title, extra, onClose, children }: Props) => {
  const width = usePaneWidth();
  return (
    <aside className="br-pane" aria-label={label} data-testid={testId} style={{ width }}>
      {/* biome-ignore lint/a11y/useSemanticElements: a rule can't be dragged */}
      <div
        className="br-pane-handle"
        role="separator"
        tabIndex={0}
        aria-label="Width of the details"
        aria-orientation="vertical"
        aria-valuemin={PANE_MIN}
        aria-valuemax={PANE_MAX}
        aria-valuenow={width}
        onPointerDown={onDrag}
        onKeyDown={onArrow}
      />
      <div className="br-pane-head">
        <h2>{title}</h2>
        <div className="br-spacer" />
        {extra}
        <ActionIcon aria-label="Close details" title="Close details (Escape)" onClick={onClose}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </div>
      {children}
    </aside>
  );
};
