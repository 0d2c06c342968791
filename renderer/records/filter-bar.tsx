import { ActionIcon, Button, Popover } from '@mantine/core';
import { memo, useState } from 'react';
import type { Resource } from '../../shared/browse/columns.ts';
import { type Filter, formatFilters, parseFilters } from '../../shared/browse/filters.ts';
import { IconPlus, IconX } from '../components/icons.ts';
import { FilterEditor } from './filter-editor.tsx';
import { filterWords } from './filter-words.ts';
import { specsOf } from './layout.ts';
import { useCurrencyDigits } from './use-currency.ts';

interface Props {
  readonly resource: Resource;
  readonly filters: string | undefined;
  readonly shop: string | undefined;
  readonly onChange: (filters: string | undefined) => void;
}

/** The filters in force as chips that can be changed or taken away, and the menu that adds one. */
export const FilterBar = memo(({ resource, filters: text, shop, onChange }: Props) => {
  const { filters } = parseFilters(resource, text ?? '');
  const set = (next: readonly Filter[]): void => onChange(next.length === 0 ? undefined : formatFilters(next));
  return (
    <fieldset className="br-filters" aria-label="Filters">
      {filters.map((filter, index) => (
        <FilterChip
          // biome-ignore lint/suspicious/noArrayIndexKey: two filters may be alike, and chips hold no state that outlives their place
          key={`${index} ${filter.column}`}
          resource={resource}
          shop={shop}
          filter={filter}
          onChange={(next) => set(filters.map((each, at) => (at === index ? next : each)))}
          onRemove={() => set(filters.filter((_, at) => at !== index))}
        />
      ))}
      <AddFilter resource={resource} shop={shop} onAdd={(filter) => set([...filters, filter])} />
      {filters.length > 1 && (
        <Button variant="subtle" onClick={() => onChange(undefined)}>
          Clear all
        </Button>
      )}
    </fieldset>
  );
});

interface ChipProps {
  readonly resource: Resource;
  readonly shop: string | undefined;
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
  readonly onRemove: () => void;
}

const FilterChip = ({ resource, shop, filter, onChange, onRemove }: ChipProps) => {
  const [open, setOpen] = useState(false);
  const words = filterWords(resource, filter, useCurrencyDigits(shop));
  return (
    <span className="br-filter-chip">
      <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
        <Popover.Target>
          <button type="button" title="Change this filter" onClick={() => setOpen(!open)}>
            {words}
          </button>
        </Popover.Target>
        <Popover.Dropdown>
          <FilterEditor
            resource={resource}
            shop={shop}
            column={filter.column}
            initial={filter}
            onApply={(next) => {
              setOpen(false);
              onChange(next);
            }}
          />
        </Popover.Dropdown>
      </Popover>
      <ActionIcon size={24} variant="transparent" aria-label={`Remove the filter ${words}`} onClick={onRemove}>
        <IconX size={12} aria-hidden />
      </ActionIcon>
    </span>
  );
};

interface AddProps {
  readonly resource: Resource;
  readonly shop: string | undefined;
  readonly onAdd: (filter: Filter) => void;
}

const AddFilter = ({ resource, shop, onAdd }: AddProps) => {
  const [open, setOpen] = useState(false);
  const [column, setColumn] = useState<string | null>(null);
  const change = (next: boolean): void => {
    setOpen(next);
    setColumn(null);
  };
  return (
    <Popover opened={open} onChange={change} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden />}
          data-testid="add-filter"
          aria-expanded={open}
          onClick={() => change(!open)}
        >
          Filter
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {column === null ? (
          <fieldset className="br-filter-columns" aria-label="Filter by">
            {Object.entries(specsOf(resource)).map(([id, spec]) => (
              <button key={id} type="button" onClick={() => setColumn(id)}>
                {spec.label}
              </button>
            ))}
          </fieldset>
        ) : (
          <FilterEditor
            resource={resource}
            shop={shop}
            column={column}
            onApply={(filter) => {
              change(false);
              onAdd(filter);
            }}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
};
