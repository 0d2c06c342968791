import { Button, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type ColumnSpec, columnOf, type Resource } from '../../shared/browse/columns.ts';
import { type Filter, filterProblem, OPERATORS, type Operator } from '../../shared/browse/filters.ts';
import { ENDS_UNAWAITED, trpc } from '../api/trpc.ts';
import { formatCount } from '../lib/format.ts';
import { choiceWord, operatorWord } from './filter-words.ts';
import { useCurrencyDigits } from './use-currency.ts';

interface Props {
  readonly resource: Resource;
  readonly column: string;
  readonly shop: string | undefined;
  readonly initial?: Filter | undefined;
  readonly onApply: (filter: Filter) => void;
}

interface FieldProps {
  readonly spec: ColumnSpec;
  readonly operator: Operator;
  readonly values: readonly string[];
  /** Decimals of amounts. */
  readonly digits: number;
  readonly onChange: (values: readonly string[]) => void;
}

const NumberField = ({
  spec,
  digits,
  values,
  index,
  label,
  onChange,
}: FieldProps & { readonly index: number; readonly label: string }) => {
  const minor = values[index];
  const decimals = spec.type === 'money' ? digits : 0;
  const factor = 10 ** decimals;
  return (
    <NumberInput
      aria-label={label}
      placeholder={(0).toFixed(decimals)}
      decimalScale={decimals}
      hideControls
      data-autofocus={index === 0 || undefined}
      value={minor === undefined || minor === '' ? '' : Number(minor) / factor}
      onChange={(value) => {
        const next = [...values];
        next[index] = value === '' ? '' : String(Math.round(Number(value) * factor));
        onChange(next);
      }}
    />
  );
};

const DayField = ({
  values,
  index,
  label,
  onChange,
}: FieldProps & { readonly index: number; readonly label: string }) => (
  <TextInput
    type="date"
    aria-label={label}
    data-autofocus={index === 0 || undefined}
    value={values[index] ?? ''}
    onChange={(event) => {
      const next = [...values];
      next[index] = event.currentTarget.value;
      onChange(next);
    }}
  />
);

/** What is typed or chosen, fitting the type of the column and what is asked of it. */
const ValueFields = (props: FieldProps & { readonly suggestions: readonly { value: string; rows: number }[] }) => {
  const { spec, operator, values, onChange, suggestions } = props;
  if (operator === 'empty' || operator === 'filled') return null;
  if (operator === 'last')
    return (
      <NumberInput
        aria-label="Days"
        suffix=" days"
        min={1}
        max={9999}
        data-autofocus
        value={values[0] === undefined ? '' : Number(values[0])}
        onChange={(value) => onChange([String(value)])}
      />
    );
  if (spec.type === 'flag')
    return (
      <Select
        aria-label="Value"
        data={[
          { value: 'true', label: 'yes' },
          { value: 'false', label: 'no' },
        ]}
        value={values[0] ?? null}
        onChange={(value) => onChange(value === null ? [] : [value])}
      />
    );
  if (spec.type === 'number' || spec.type === 'money' || spec.type === 'date') {
    const Field = spec.type === 'date' ? DayField : NumberField;
    return (
      <div className="br-filter-pair">
        <Field {...props} index={0} label={operator === 'between' ? 'From' : spec.label} />
        {operator === 'between' && <Field {...props} index={1} label="To" />}
      </div>
    );
  }
  if (spec.type === 'text' && operator === 'contains')
    return (
      <TextInput
        aria-label="Text"
        data-autofocus
        value={values[0] ?? ''}
        onChange={(event) => onChange(event.currentTarget.value === '' ? [] : [event.currentTarget.value])}
      />
    );
  const known = new Map(suggestions.map(({ value, rows }) => [value, rows]));
  const options = [...new Set([...suggestions.map(({ value }) => value), ...(spec.choices ?? [])])];
  return (
    <TagsInput
      aria-label="Values"
      placeholder={values.length === 0 ? 'Choose or type' : ''}
      data-autofocus
      data={options}
      value={[...values]}
      maxDropdownHeight={220}
      // Beside the field: below it, the values would lie over the button that applies them.
      comboboxProps={{ withinPortal: false, position: 'right-start' }}
      renderOption={({ option }) => (
        <span className="br-filter-option">
          {choiceWord(option.value)}
          <span className="br-dim br-num">
            {known.has(option.value) ? formatCount(known.get(option.value) ?? 0) : ''}
          </span>
        </span>
      )}
      onChange={onChange}
    />
  );
};

/** One filter: its column is chosen; what is asked of it, and the values, are chosen here. */
export const FilterEditor = ({ resource, column, shop, initial, onApply }: Props) => {
  const spec = columnOf(resource, column);
  const operators: readonly Operator[] = spec === undefined ? [] : OPERATORS[spec.type];
  const [operator, setOperator] = useState<Operator>(initial?.operator ?? operators[0] ?? 'is');
  const [values, setValues] = useState<readonly string[]>(initial?.values ?? []);
  const digits = useCurrencyDigits(shop);
  const wantsValues = spec?.type === 'choice' || spec?.type === 'list';
  const suggestions = useQuery({
    ...trpc.browse.values.queryOptions({ resource, column, shop }, ENDS_UNAWAITED),
    enabled: wantsValues,
  });
  if (spec === undefined) return null;
  const filter: Filter = { column, operator, values };
  const incomplete = filterProblem(resource, filter) !== null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!incomplete) onApply(filter);
  };
  return (
    <form className="br-filter-editor" onSubmit={submit} aria-label={`Filter by ${spec.label}`}>
      <Select
        aria-label="Condition"
        data={operators.map((each) => ({ value: each, label: `${spec.label} ${operatorWord(each)}` }))}
        value={operator}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        onChange={(next) => {
          const chosen = operators.find((each) => each === next);
          if (chosen === undefined) return;
          setOperator(chosen);
          setValues([]);
        }}
      />
      <ValueFields
        spec={spec}
        digits={digits}
        operator={operator}
        values={values}
        onChange={setValues}
        suggestions={suggestions.data?.values ?? []}
      />
      <Button type="submit" variant="filled" disabled={incomplete}>
        Apply
      </Button>
    </form>
  );
};
