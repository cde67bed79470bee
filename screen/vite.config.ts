import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Where `npm run dev` finds a running server. */
const server = process.env.FENGHUO_SERVER ?? 'http://127.0.0.1:8080';

/** Every browser that runs the wall reads woff2; the woff twins would double the size of `dist`. */
const onlyWoff2: Plugin = {
  name: 'only-woff2',
  enforce: 'pre',
  transform(code, id) {
    if (!/@fontsource\/.*\.css/.test(id)) return null;
    return code.replaceAll(/,\s*url\([^)]+\.woff\)\s*format\(['"]woff['"]\)/g, '');
  },
};

/** A build is a production build, whatever NODE_ENV the shell or a test runner happens to have. */
export default defineConfig(({ command }) => {
  if (command === 'build') process.env.NODE_ENV = 'production';
  return {
    plugins: [onlyWoff2, react()],
    worker: { format: 'es' },
    build: {
      target: 'es2022',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1400,
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [{ name: 'contracts', test: /node_modules\/zod\/|contracts\/src\/|strict-policy/ }],
          },
        },
      },
    },
    server: {
      proxy: {
        '/api': server,
        '/socket.io': { target: server, ws: true },
      },
    },
  };
});
