import { z } from 'zod';

/** UTC, ISO 8601 with milliseconds. */
export const IsoTime = z.string();

/** Something that is wrong and still so: what, what to do about it, and since when. */
export const Problem = z.object({ code: z.string(), message: z.string(), hint: z.string().optional(), at: IsoTime });
export type Problem = z.infer<typeof Problem>;
