import { IconCheck } from '../../components/icons.ts';
import type { Way } from './connect-ways.ts';

/** Where one is in the wizard: done steps are ticked, the present one is said to be it. */
export const ConnectSteps = ({ way, current }: { readonly way: Way; readonly current: number }) => {
  const names = ['Way', 'Store', way === 'authorization_code' ? 'Approval' : 'Check', 'Connected'];
  return (
    <ol className="br-steps" aria-label="Steps" data-testid="connect-steps">
      {names.map((name, index) => (
        <li
          key={name}
          aria-current={index === current ? 'step' : undefined}
          data-state={index < current ? 'done' : index === current ? 'now' : 'next'}
        >
          <span className="br-steps-mark" aria-hidden>
            {index < current ? <IconCheck size={12} /> : index + 1}
          </span>
          {name}
        </li>
      ))}
    </ol>
  );
};
