import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { SuppressedKind, SuppressionRow } from '../../../shared/api/privacy.ts';
import { describeError } from '../../api/errors.ts';
import { trpc } from '../../api/trpc.ts';
import { IconCircleMinus, IconShieldCheck } from '../../components/icons.ts';
import { FullTime } from '../../components/relative-time.tsx';
import { SUPPRESSED_WORDS, suppressedHelp } from './words.ts';

const KINDS = (Object.entries(SUPPRESSED_WORDS) as [SuppressedKind, string][]).map(([value, label]) => ({
  value,
  label,
}));
const isKind = (value: string | null): value is SuppressedKind => value !== null && value in SUPPRESSED_WORDS;

/** Asks the list for one identifier. The question is digested and forgotten: neither address, nor log, nor evidence has it. */
export const SuppressionCheckForm = () => {
  const { data: stores } = useQuery(trpc.stores.list.queryOptions());
  const [chosen, setShop] = useState<string | null>(null);
  const [kind, setKind] = useState<SuppressedKind>('email');
  const [value, setValue] = useState('');
  const check = useMutation(trpc.privacy.checkSuppressed.mutationOptions({ gcTime: 0 }));
  const shop = chosen ?? stores?.items[0]?.shop ?? null;
  const canAsk = shop !== null && value.trim() !== '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (canAsk && !check.isPending) check.mutate({ shop, kind, value: value.trim() });
  };
  /** An answer stands for the question that was asked only. */
  const asksAnew = <T,>(set: (next: T) => void) => {
    return (next: T): void => {
      set(next);
      check.reset();
    };
  };
  return (
    <>
      <form className="br-toolbar br-suppression-check" onSubmit={submit} noValidate data-testid="suppression-check">
        <Select
          aria-label="Store"
          data={(stores?.items ?? []).map((store) => ({ value: store.shop, label: store.name }))}
          value={shop}
          onChange={asksAnew(setShop)}
          allowDeselect={false}
          placeholder="No store"
        />
        <Select
          aria-label="Kind of identifier"
          data={KINDS}
          value={kind}
          onChange={asksAnew((next: string | null) => isKind(next) && setKind(next))}
          allowDeselect={false}
        />
        <TextInput
          className="br-suppression-value"
          aria-label={SUPPRESSED_WORDS[kind]}
          placeholder={`${SUPPRESSED_WORDS[kind]} to look for`}
          value={value}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => asksAnew(setValue)(event.currentTarget.value)}
        />
        <Button type="submit" loading={check.isPending} disabled={!canAsk}>
          Is it suppressed?
        </Button>
        <span className="br-dim">Nothing of the question is stored.</span>
      </form>
      {check.error !== null && <Failed error={check.error} />}
      {check.data !== undefined && <Answer kind={kind} entry={check.data.entry} />}
    </>
  );
};

const Failed = ({ error }: { readonly error: unknown }) => {
  const { message, hint } = describeError(error);
  return (
    <div className="br-note br-privacy-check" data-tone="bad" role="alert">
      {message} {hint}
    </div>
  );
};

const Answer = ({ kind, entry }: { readonly kind: SuppressedKind; readonly entry: SuppressionRow | null }) => (
  <div className="br-note br-privacy-check" role="status" data-testid="suppression-answer">
    {entry === null ? <IconCircleMinus size={16} aria-hidden /> : <IconShieldCheck size={16} aria-hidden />}
    {entry === null ? (
      <div>Not suppressed: nobody with this {SUPPRESSED_WORDS[kind].toLowerCase()} was erased from this store.</div>
    ) : (
      <div>
        Suppressed since <FullTime iso={entry.erasedAt} />
        {entry.request !== null && `, by request ${entry.request.number}`}. {suppressedHelp(kind)}
      </div>
    )}
  </div>
);
