import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  // Served from app://backroom/ and from an http root, and routes are paths, so assets need absolute addresses.
  base: '/',
  esbuild: { jsx: 'automatic' },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome130',
    modulePreload: { polyfill: false },
    // Fonts and images as files: the content security policy allows `data:` for images only.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rollupOptions: {
      onwarn: (warning, warn) => {
        // `"use client"` in libraries concerns servers that render; here are none, and there are hundreds of them.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
});
