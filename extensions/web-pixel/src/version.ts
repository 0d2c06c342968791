/** Raised with every release of the extension; the console shows which versions still send. */
export const EXTENSION_VERSION = '1.0.0';
/** Raised when the form of what is sent changes; the backend keeps an upgrader for each older one. */
export const SCHEMA_VERSION = 1;
