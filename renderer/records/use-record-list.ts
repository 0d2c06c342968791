import type { QueryKey } from '@tanstack/react-query';
import { useLiveSource } from '../components/use-live-source.ts';
import type { RecordRow } from './record-columns.tsx';
import type { RecordList } from './record-screen.tsx';

interface Page<Row> {
  readonly items: readonly Row[];
  readonly total: number | null;
  readonly corrected: string | null;
}

interface Query<Row> {
  readonly data: { readonly pages: readonly Page<Row>[] } | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly isPlaceholderData: boolean;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
  readonly refetch: () => Promise<unknown>;
}

const idOf = (row: RecordRow): string => row.id;

/** An infinite query of one of the four resources, as the record screen takes it. */
export const useRecordList = <Row extends RecordRow>(query: Query<Row>, queryKey: QueryKey): RecordList<Row> => {
  const source = useLiveSource<Row>(query, queryKey, idOf);
  const [first] = query.data?.pages ?? [];
  return {
    source,
    total: first?.total ?? null,
    corrected: first?.corrected ?? null,
    stale: query.isPlaceholderData,
  };
};
