import { describeError } from './errors.ts';

/** Notifications are needed late and rarely, so their code is fetched with the first one. */
const show = async (tone: 'ok' | 'bad', title: string, message: string): Promise<void> => {
  const { notifications } = await import('@mantine/notifications');
  notifications.show({
    title,
    message,
    autoClose: tone === 'ok' ? 5000 : 12_000,
    className: 'br-toast',
    closeButtonProps: { 'aria-label': 'Dismiss' },
    'data-tone': tone,
    role: tone === 'ok' ? 'status' : 'alert',
  } as Parameters<typeof notifications.show>[0]);
};

const launch = (work: Promise<void>): void => {
  work.catch((error: unknown) => console.warn('A notification could not be shown.', error));
};

export const notify = (title: string, message = ''): void => launch(show('ok', title, message));

export const notifyError = (title: string, error: unknown): void => {
  const { message, hint } = describeError(error);
  launch(show('bad', title, hint === undefined ? message : `${message} ${hint}`));
};
