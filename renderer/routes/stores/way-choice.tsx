import { Button, Radio } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useId } from 'react';
import { trpc } from '../../api/trpc.ts';
import { IconAlertTriangle } from '../../components/icons.ts';
import { missingFor, WAYS, type Way } from './connect-ways.ts';

interface Props {
  readonly way: Way;
  readonly onChoose: (way: Way) => void;
  readonly onNext: () => void;
  readonly onCancel: () => void;
}

/** The first step: three ways, each with whom it fits, what it needs, and what of that is missing. */
export const WayChoice = ({ way, onChoose, onNext, onCancel }: Props) => {
  const id = useId();
  const { data: credentials } = useQuery(trpc.settings.credentials.queryOptions());
  const { data: status } = useQuery(trpc.system.status.queryOptions());
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onNext();
  };
  return (
    <form className="br-form" onSubmit={submit} data-testid="connect-way">
      <Radio.Group
        aria-label="How to connect"
        value={way}
        onChange={(value) => {
          const chosen = WAYS.find((entry) => entry.way === value);
          if (chosen !== undefined) onChoose(chosen.way);
        }}
      >
        <div className="br-ways">
          {WAYS.map(({ way: value, icon: WayIcon, title, fits, needs }) => {
            const missing = missingFor(value, { credentials, status });
            return (
              <label
                key={value}
                htmlFor={`${id}-${value}`}
                className="br-way"
                data-chosen={value === way}
                data-testid={`way-${value}`}
              >
                <Radio
                  id={`${id}-${value}`}
                  value={value}
                  aria-label={title}
                  {...(value === way ? { 'data-autofocus': true } : {})}
                />
                <span className="br-way-text">
                  <span className="br-way-title">
                    <WayIcon size={16} aria-hidden />
                    {title}
                  </span>
                  <span>{fits}</span>
                  <span className="br-dim">{needs}</span>
                  {missing !== null && (
                    <span className="br-way-missing">
                      <IconAlertTriangle size={14} aria-hidden />
                      <span>
                        {missing.text}{' '}
                        <Link to="/settings" hash={missing.section}>
                          {missing.action}
                        </Link>
                      </span>
                    </span>
                  )}
                </span>
              </label>
            );
          })}
        </div>
      </Radio.Group>
      <div className="br-form-actions">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="filled">
          Next
        </Button>
      </div>
    </form>
  );
};
