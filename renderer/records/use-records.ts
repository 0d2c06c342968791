import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { RecordSearch } from './record-search.ts';

/** Changes a part of the address; with `replace` the step before is not kept for Back. */
export const useRecordAddress = (
  from: '/products' | '/orders' | '/transactions' | '/customers',
): ((change: Partial<RecordSearch>, replace?: boolean) => void) => {
  const navigate = useNavigate({ from });
  return useCallback(
    (change, replace = false) => {
      navigate({ search: (old: RecordSearch) => ({ ...old, ...change }), replace }).catch((error: unknown) =>
        console.warn('Changing the list failed.', error),
      );
    },
    [navigate],
  );
};
