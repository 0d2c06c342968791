import type { z } from 'zod';

/** What is wrong with one field of a form, in words; null when nothing is, or something else is. */
export const fieldError = (result: z.ZodSafeParseResult<unknown>, field: string): string | null => {
  const issue = result.error?.issues.find(({ path }) => path[0] === field);
  if (issue === undefined) return null;
  return issue.code === 'invalid_type' ? 'A number is needed.' : `This ${issue.message}.`;
};
