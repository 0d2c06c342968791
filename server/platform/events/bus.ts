import type { LiveMessage } from '../../../shared/live.ts';
import { apartFromTransaction } from '../db/nested-writes.ts';

/** In-process announcements. What the console should hear is a `LiveMessage`; features may listen to each other the same way. */
export interface EventBus {
  publish(message: LiveMessage): void;
  subscribe(listener: (message: LiveMessage) => void): () => void;
}

/** A listener that throws must not stop the publisher, which has just committed something: it is reported and passed over. */
export const createEventBus = (onListenerError: (error: unknown) => void): EventBus => {
  const listeners = new Set<(message: LiveMessage) => void>();
  return {
    publish: (message) => {
      for (const listener of listeners) {
        try {
          apartFromTransaction(() => listener(message));
        } catch (error) {
          onListenerError(error);
        }
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
