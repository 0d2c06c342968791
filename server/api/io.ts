import type { z } from 'zod';

/** What a procedure's service is given and answers, after its schema. */
export type In<T extends z.ZodType> = z.output<T>;
export type Out<T extends z.ZodType> = Promise<z.output<T>>;
