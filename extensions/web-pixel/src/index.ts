import { register } from '@shopify/web-pixels-extension';
import { sandboxEnvironment } from './environment.ts';
import { startPixel } from './pixel.ts';

register((api) => {
  try {
    startPixel(api, sandboxEnvironment());
  } catch {
    // A shop must not notice that its pixel could not start.
  }
});
