/** The Admin API version that the operations are written and checked against; the one place that names it. */
export const API_VERSION = '2026-10';
