import { useQuery } from '@tanstack/react-query';
import { trpc } from '../api/trpc.ts';
import { ProblemNote } from '../components/problem-note.tsx';

/** On every screen while nothing can be stored: what is on screen still reads well, and would tell nobody. */
export const StorageNote = () => {
  const { data } = useQuery(trpc.system.status.queryOptions());
  const problem = data?.database.problem ?? null;
  return (
    <div role="alert" data-testid="storage-note">
      {problem !== null && <ProblemNote problem={problem} />}
    </div>
  );
};
