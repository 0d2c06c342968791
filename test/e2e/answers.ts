import type { Page } from '@playwright/test';

/** Answers of the backend that a test puts something else in the place of. */
type Handler = Parameters<Page['route']>[1];
/** While `work` runs, calls of one procedure are handled by `handler`. */
export const handling = async (
  page: Page,
  procedure: string,
  handler: Handler,
  work: () => Promise<void>,
): Promise<void> => {
  const address = (url: URL): boolean => url.pathname.startsWith('/trpc/') && url.pathname.includes(procedure);
  await page.route(address, handler);
  await work();
  await page.unroute(address, handler);
};
/** The backend's answer, but for one procedure of the batch; `answer` gets what the backend had answered. */
export const instead =
  (procedure: string, answer: (real: unknown) => unknown): Handler =>
  async (route) => {
    const names = decodeURIComponent(new URL(route.request().url()).pathname).replace('/trpc/', '').split(',');
    const response = await route.fetch();
    const answers = (await response.json()) as unknown[];
    await route.fulfill({
      response,
      json: answers.map((each, index) => (names[index] === procedure ? answer(each) : each)),
    });
  };
export const success = (data: unknown): unknown => ({ result: { data } });
export const failureOf = (message: string): unknown => ({
  error: {
    message,
    code: -32_600,
    data: {
      code: 'BAD_REQUEST',
      httpStatus: 400,
      app: { code: 'BAD_REQUEST', message, hint: 'Try it once more.' },
    },
  },
});
