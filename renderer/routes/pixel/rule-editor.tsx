import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import type { PixelRule } from '../../../shared/api.ts';
import { describeError } from '../../api/errors.ts';
import { notify } from '../../api/notify.ts';
import { queryClient, trpc } from '../../api/trpc.ts';
import { DetailPane } from '../../components/detail-pane.tsx';
import { LeaveGuard } from '../../components/leave-guard.tsx';
import { DeleteRule, RuleSwitch, WaitingEvents } from './rule-actions.tsx';
import { RuleTestResult } from './rule-test-result.tsx';

const START = `{
  "type": "object",
  "required": ["plan"],
  "properties": {
    "plan": { "enum": ["weekly", "monthly"] }
  }
}`;

interface Props {
  /** Absent for a new one. */
  readonly rule: PixelRule | undefined;
  /** The store that the screen is filtered by. */
  readonly shop: string | undefined;
  readonly onSaved: (rule: PixelRule) => void;
  readonly onClose: () => void;
}

const formatted = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // What is not JSON yet is left as it is; the test says what is wrong.
    return text;
  }
};

/** A rule's schema: written or drafted from events, tried on the newest ones, then saved. */
export const RuleEditor = ({ rule, shop: chosenShop, onSaved, onClose }: Props) => {
  const stores = useQuery(trpc.stores.list.queryOptions()).data?.items ?? [];
  const [typedShop, setTypedShop] = useState<string | null>(null);
  const shop = rule?.shop ?? typedShop ?? chosenShop ?? stores[0]?.shop ?? '';
  const [name, setName] = useState(rule?.name ?? '');
  const [schema, setSchema] = useState(rule?.schema ?? START);
  const input = { shop, name: name.trim(), schema };
  /** As it is stored, or as a new one begins. */
  const saved = useRef({ name, schema });
  const forget = (): void => {
    saved.current = { name, schema };
  };
  const names = (
    useQuery(trpc.pixel.health.queryOptions({ shop, period: 'week' }, { enabled: shop !== '' })).data?.names ?? []
  ).map((each) => each.name);
  const test = useMutation(trpc.pixel.testRule.mutationOptions());
  const draft = useMutation(
    trpc.pixel.draftRule.mutationOptions({
      onSuccess: (made) => {
        setSchema(made.schema);
        if (made.events > 0) test.mutate({ ...input, schema: made.schema });
        else notify('No stored event has this name', 'The schema is an empty one to begin with.');
      },
    }),
  );
  const save = useMutation(
    trpc.pixel.saveRule.mutationOptions({
      onSuccess: async (rule, sent) => {
        saved.current = { name, schema: sent.schema };
        notify('Rule saved', `New “${rule.name}” events are checked by it from now on.`);
        await queryClient.invalidateQueries(trpc.pixel.rules.pathFilter());
        onSaved(rule);
      },
    }),
  );
  const isTested =
    test.data !== undefined &&
    test.data.problems.length === 0 &&
    test.variables?.schema === schema &&
    test.variables.name === input.name &&
    test.variables.shop === shop;
  const isComplete = input.name !== '' && shop !== '' && schema.trim() !== '';
  const failed = save.error ?? test.error ?? draft.error;
  const problem = failed === null ? null : describeError(failed);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isComplete) test.mutate(input);
  };

  return (
    <DetailPane
      label="Rule"
      testId="rule-editor"
      title={rule === undefined ? 'New rule' : <span className="br-mono">{rule.name}</span>}
      extra={rule !== undefined && <RuleSwitch rule={rule} />}
      onClose={onClose}
    >
      <LeaveGuard
        title={rule === undefined ? 'Leave the new rule unsaved?' : 'Leave the rule unsaved?'}
        isUnsaved={() => saved.current.name !== name || saved.current.schema !== schema}
      />
      <form className="br-form br-rule-form br-scroll" onSubmit={submit} noValidate>
        {rule === undefined && stores.length > 1 && (
          <Select
            label="Store"
            data={stores.map((store) => ({ value: store.shop, label: store.name }))}
            value={shop}
            allowDeselect={false}
            onChange={setTypedShop}
          />
        )}
        {rule === undefined && (
          <>
            <TextInput
              label="Event"
              description="The name that the store publishes, exactly."
              value={name}
              list="custom-event-names"
              maxLength={100}
              data-autofocus
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <datalist id="custom-event-names">
              {names.map((each) => (
                <option key={each} value={each} />
              ))}
            </datalist>
          </>
        )}
        <Textarea
          label="Form of its customData, as JSON schema"
          description="Draft-07, no references to elsewhere, no look-around in patterns."
          value={schema}
          rows={12}
          spellCheck={false}
          classNames={{ input: 'br-mono' }}
          onChange={(event) => setSchema(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) event.currentTarget.form?.requestSubmit();
          }}
        />
        <div className="br-form-actions">
          <Button
            loading={draft.isPending}
            disabled={input.name === '' || shop === ''}
            onClick={() => draft.mutate({ shop, name: input.name })}
          >
            Draft from recent events
          </Button>
          <Button onClick={() => setSchema(formatted(schema))}>Format</Button>
          <div className="br-spacer" />
          <Button type="submit" loading={test.isPending} disabled={!isComplete} title="Test (Ctrl+Enter)">
            Test
          </Button>
          <Button
            variant="filled"
            loading={save.isPending}
            disabled={!isTested || schema === rule?.schema}
            title={isTested ? undefined : 'Test the schema first'}
            onClick={() => save.mutate(input)}
          >
            Save
          </Button>
        </div>
        {problem !== null && (
          <p className="br-note" data-tone="bad" role="alert">
            {problem.message} {problem.hint}
          </p>
        )}
        {test.data !== undefined && <RuleTestResult test={test.data} isCurrent={test.variables?.schema === schema} />}
        {rule !== undefined && (
          <>
            <WaitingEvents rule={rule} />
            <DeleteRule
              rule={rule}
              onDeleted={() => {
                forget();
                onClose();
              }}
            />
          </>
        )}
      </form>
    </DetailPane>
  );
};
