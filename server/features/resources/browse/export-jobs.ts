import type { ExportFormat, Resource } from '../../../../shared/browse/columns.ts';
import { AppError } from '../../../../shared/errors.ts';
import { type Clock, toIso } from '../../../platform/clock.ts';
import type { Ids } from '../../../platform/ids.ts';

export interface RunningExport {
  readonly id: string;
  readonly resource: Resource;
  readonly format: ExportFormat;
  /** Rows written so far. */
  readonly rows: number;
  /** Null until they are counted. */
  readonly total: number | null;
  readonly startedAt: string;
}

export interface ExportJob {
  readonly signal: AbortSignal;
  wrote(rows: number): void;
  counted(total: number): void;
  /** It is written, or nobody waits for it any more. Safe to call again. */
  end(): void;
}

/** The exports that are being written now, so that the console can show how far they are and end one. They end with the app. */
export const createExportJobs = (options: { clock: Clock; ids: Ids; onChange: () => void }) => {
  const running = new Map<string, { view: RunningExport; abort: AbortController }>();
  const change = (id: string, what: Partial<RunningExport>): void => {
    const job = running.get(id);
    if (job === undefined) return;
    job.view = { ...job.view, ...what };
    options.onChange();
  };
  return {
    begin: (resource: Resource, format: ExportFormat): ExportJob => {
      const id = options.ids.uuid();
      const abort = new AbortController();
      const startedAt = toIso(options.clock.now());
      running.set(id, { abort, view: { id, resource, format, rows: 0, total: null, startedAt } });
      options.onChange();
      return {
        signal: abort.signal,
        wrote: (rows) => change(id, { rows: (running.get(id)?.view.rows ?? 0) + rows }),
        counted: (total) => change(id, { total }),
        end: () => {
          abort.abort(new AppError('CONFLICT', 'The export is over.'));
          if (running.delete(id)) options.onChange();
        },
      };
    },
    list: (): RunningExport[] => [...running.values()].map(({ view }) => view),
    /** @throws AppError `NOT_FOUND` */
    cancel: (id: string): void => {
      const job = running.get(id);
      if (job === undefined)
        throw new AppError('NOT_FOUND', 'This export is over.', { hint: 'Look among the downloads for its file.' });
      job.abort.abort(new AppError('CONFLICT', 'The export was cancelled.'));
    },
    /** What is half written may name somebody who has just been erased; a file of it would outlive the erasure. */
    cancelAll: (why: string): void => {
      for (const { abort } of running.values()) abort.abort(new AppError('CONFLICT', why));
    },
  };
};
export type ExportJobs = ReturnType<typeof createExportJobs>;
