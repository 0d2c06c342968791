import { router } from '../router.tsx';

/**
 * Loads the code of all screens, one whenever the window has nothing else to do, so that a screen opened for the first time waits for its rows only.
 * What fails is left to the screen, which asks again when it is opened.
 */
export const loadScreens = (): void => {
  const routes = Object.values(router.routesById);
  const next = (): void => {
    const route = routes.shift();
    if (route === undefined) return;
    requestIdleCallback(() => {
      Promise.resolve(router.loadRouteChunk(route)).then(next, (error: unknown) =>
        console.warn('Loading ahead failed; the screen asks again.', error),
      );
    });
  };
  next();
};
