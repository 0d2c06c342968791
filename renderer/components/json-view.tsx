import { Button, TextInput } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { findMatches, type JsonLine, toLines } from '../lib/json-tree.ts';
import { CopyButton } from './copy-text.tsx';
import { IconChevronDown, IconChevronRight, IconSearch } from './icons.ts';

const LINE = 24;
const INDENT = 16;
const NONE: ReadonlySet<string> = new Set();

interface Props {
  readonly value: unknown;
  readonly label: string;
  /** What is copied: the text as it came, where there is one. */
  readonly source?: string;
  readonly openDepth?: number;
}

/** Collapsible, searchable JSON. Only the lines on screen are in the page, so a 100 kB order opens at once. */
export const JsonView = ({ value, label, source, openDepth = 2 }: Props) => {
  const scroller = useRef<HTMLDivElement>(null);
  const [toggled, setToggled] = useState(NONE);
  const [depth, setDepth] = useState(openDepth);
  const [needle, setNeedle] = useState('');
  const [current, setCurrent] = useState(0);

  const matches = useMemo(() => findMatches(value, needle), [needle, value]);
  const matchSet = useMemo(() => new Set(matches.paths), [matches]);
  const lines = useMemo(
    () => toLines(value, { openDepth: depth, toggled, forced: matches.ancestors }),
    [depth, matches, toggled, value],
  );
  const currentPath = matches.paths[current % Math.max(1, matches.paths.length)];

  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE,
    overscan: 20,
  });

  useEffect(() => {
    if (currentPath === undefined) return;
    const index = lines.findIndex((line) => line.path === currentPath);
    if (index >= 0) virtualizer.scrollToIndex(index, { align: 'center' });
  }, [currentPath, lines, virtualizer]);

  const toggle = (path: string): void => {
    const next = new Set(toggled);
    if (!next.delete(path)) next.add(path);
    setToggled(next);
  };
  const setAll = (open: boolean): void => {
    setToggled(NONE);
    setDepth(open ? Number.POSITIVE_INFINITY : 1);
  };

  return (
    <div className="br-json" data-testid="json-view">
      <div className="br-json-tools">
        <TextInput
          aria-label={`Search in ${label}`}
          placeholder={`Search in ${label}`}
          flex={1}
          value={needle}
          leftSection={<IconSearch size={14} aria-hidden />}
          rightSectionWidth={64}
          rightSection={
            needle.trim() === '' ? null : (
              <span className="br-dim br-num">
                {matches.paths.length === 0
                  ? 'none'
                  : `${(current % matches.paths.length) + 1} / ${matches.paths.length}`}
              </span>
            )
          }
          onChange={(event) => {
            setNeedle(event.currentTarget.value);
            setCurrent(0);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && matches.paths.length > 0) {
              event.preventDefault();
              const count = matches.paths.length;
              setCurrent((now) => (now + (event.shiftKey ? count - 1 : 1)) % count);
            } else if (event.key === 'Escape' && needle !== '') {
              event.preventDefault();
              setNeedle('');
            }
          }}
        />
        <Button onClick={() => setAll(true)}>Expand all</Button>
        <Button onClick={() => setAll(false)}>Collapse</Button>
        <CopyButton value={source ?? JSON.stringify(value, null, 2)} label={label} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard */}
      <section className="br-json-lines" ref={scroller} tabIndex={0} aria-label={label}>
        <div style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const line = lines[item.index];
            return line === undefined ? null : (
              <Line
                key={line.path}
                line={line}
                start={item.start}
                match={matchSet.has(line.path)}
                current={line.path === currentPath}
                onToggle={toggle}
              />
            );
          })}
        </div>
      </section>
    </div>
  );
};

interface LineProps {
  readonly line: JsonLine;
  readonly start: number;
  readonly match: boolean;
  readonly current: boolean;
  readonly onToggle: (path: string) => void;
}

const Line = ({ line, start, match, current, onToggle }: LineProps) => (
  <div
    className="br-json-line"
    data-match={match}
    data-current={current}
    style={{ transform: `translateY(${start}px)`, paddingLeft: 8 + line.depth * INDENT }}
  >
    {line.expandable ? (
      <button
        type="button"
        className="br-json-toggle"
        aria-expanded={line.expanded}
        aria-label={line.path}
        onClick={() => onToggle(line.path)}
      >
        {line.expanded ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
      </button>
    ) : (
      <span className="br-json-blank" />
    )}
    {line.key !== null && (
      <>
        <span className="br-json-key">{line.key}</span>
        {': '}
      </>
    )}
    <span className="br-json-value" data-kind={line.kind}>
      {line.text}
    </span>
  </div>
);
