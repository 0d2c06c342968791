import { ActionIcon, Button, Checkbox, Popover, SegmentedControl } from '@mantine/core';
import { memo } from 'react';
import type { Resource } from '../../shared/browse/columns.ts';
import { IconArrowDown, IconArrowUp, IconLayoutColumns } from '../components/icons.ts';
import { defaultLayout, type Layout, layoutStore, specsOf } from './layout.ts';

interface Props {
  readonly resource: Resource;
  readonly layout: Layout;
}

const moved = (order: readonly string[], id: string, by: -1 | 1): string[] => {
  const from = order.indexOf(id);
  const to = from + by;
  const next = [...order];
  const other = next[to];
  if (from < 0 || other === undefined) return next;
  next[to] = id;
  next[from] = other;
  return next;
};

/** Which columns, in which order, how many stay in sight, and how high the rows are. */
export const LayoutMenu = memo(({ resource, layout }: Props) => {
  const specs = specsOf(resource);
  const set = (change: Partial<Layout>): void => layoutStore(resource).set({ ...layout, ...change });
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button leftSection={<IconLayoutColumns size={14} aria-hidden />} data-testid="layout-menu">
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="br-layout-menu">
          <SegmentedControl
            aria-label="Row height"
            fullWidth
            size="xs"
            value={layout.density}
            data={[
              { value: 'comfortable', label: 'Comfortable' },
              { value: 'compact', label: 'Compact' },
            ]}
            onChange={(density) => set({ density: density === 'compact' ? 'compact' : 'comfortable' })}
          />
          <SegmentedControl
            aria-label="Columns that stay in sight"
            fullWidth
            size="xs"
            value={String(layout.pinned)}
            data={['0', '1', '2', '3'].map((value) => ({ value, label: value === '0' ? 'Pin none' : `Pin ${value}` }))}
            onChange={(pinned) => set({ pinned: Number(pinned) })}
          />
          <ul>
            {layout.order.map((id, index) => {
              const label = specs[id]?.label ?? id;
              const hidden = layout.hidden.includes(id);
              return (
                <li key={id}>
                  <Checkbox
                    size="xs"
                    label={label}
                    checked={!hidden}
                    disabled={!hidden && layout.order.length - layout.hidden.length === 1}
                    onChange={() =>
                      set({ hidden: hidden ? layout.hidden.filter((each) => each !== id) : [...layout.hidden, id] })
                    }
                  />
                  <span className="br-spacer" />
                  <ActionIcon
                    size={24}
                    aria-label={`Move ${label} up`}
                    disabled={index === 0}
                    onClick={() => set({ order: moved(layout.order, id, -1) })}
                  >
                    <IconArrowUp size={12} aria-hidden />
                  </ActionIcon>
                  <ActionIcon
                    size={24}
                    aria-label={`Move ${label} down`}
                    disabled={index === layout.order.length - 1}
                    onClick={() => set({ order: moved(layout.order, id, 1) })}
                  >
                    <IconArrowDown size={12} aria-hidden />
                  </ActionIcon>
                </li>
              );
            })}
          </ul>
          <Button variant="subtle" onClick={() => layoutStore(resource).set(defaultLayout(resource))}>
            Reset the columns
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
});
