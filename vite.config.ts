import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The server a development front end talks to; production serves `dist/web` itself. */
const api = process.env.THROUGHLINE_API ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: fileURLToPath(new URL('./src/web', import.meta.url)),
  base: '/',
  publicDir: 'public',
  build: {
    outDir: fileURLToPath(new URL('./dist/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // A strict content policy forbids inlined fonts and scripts: everything is a file of our own origin.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // Few files instead of many crumbs: a request costs more than the bytes it saves.
        codeSplitting: {
          groups: [
            {
              name: 'react',
              test: /node_modules\/(react|react-dom|scheduler|@tanstack|i18next|react-i18next|use-sync-external-store)\//,
            },
            { name: 'kit', test: /(src\/web\/(kit|words|api|shell)|node_modules\/(@mantine|@floating-ui))\// },
          ],
        },
      },
      // React's "use client" means nothing in a browser bundle.
      onwarn: (warning, warn) => {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/api': { target: api }, '/hooks': { target: api } },
    fs: { allow: ['../..'] },
  },
});
