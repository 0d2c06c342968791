import type { DemoShop } from '../shop/shop.ts';
import type { BulkField } from './plan.ts';

export type BulkStatus = 'CREATED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELING' | 'CANCELED' | 'EXPIRED';

/** A bulk operation, with its file on disk: results may be larger than memory. */
export interface BulkOperation {
  readonly id: number;
  readonly shop: DemoShop;
  readonly query: string;
  readonly createdAt: number;
  status: BulkStatus;
  errorCode: 'ACCESS_DENIED' | 'INTERNAL_SERVER_ERROR' | 'TIMEOUT' | null;
  completedAt: number | null;
  objectCount: number;
  rootObjectCount: number;
  fileSize: number;
  readonly file: string;
  /** In the address of the file, so that only who was told it finds it. */
  readonly secret: string;
}

export interface BulkUserError {
  readonly field: readonly string[] | null;
  readonly message: string;
  readonly code?: 'INVALID' | 'LIMIT_REACHED' | 'OPERATION_IN_PROGRESS';
}

/** One line of the result file. */
export interface BulkLine {
  readonly value: Readonly<Record<string, unknown>>;
  readonly isRoot: boolean;
}

export interface BulkRequest {
  readonly shop: DemoShop;
  readonly query: string;
  readonly groupObjects: boolean;
  /** The lines of the query, made as they are written. */
  readonly linesOf: (fields: readonly BulkField[]) => Iterable<BulkLine>;
}

export interface BulkService {
  start(request: BulkRequest): Promise<{ operation: BulkOperation } | { error: BulkUserError }>;
  cancel(operation: BulkOperation): BulkUserError | null;
  get(shop: DemoShop, id: number): BulkOperation | null;
  list(shop: DemoShop): readonly BulkOperation[];
  /** The operation whose file this is; null when there is none, or the link has ended. */
  byFile(id: number, secret: string): BulkOperation | null;
  /** Where the result is fetched, while the link works and there is something in it. */
  linkOf(operation: BulkOperation): string | null;
  close(): Promise<void>;
}
