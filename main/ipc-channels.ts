/** Everything the console can ask of main by IPC; the rest goes over HTTP. */
export const OPEN_EXTERNAL = 'backroom:open-external';
