import { createHash } from 'node:crypto';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type Rolldown } from 'vite';

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

const worker = 'respond-worker';

/**
 * Tells the service worker of the phone which files the page is made of: the entry, the phone's own part, and what both
 * import. Another build is another text of the worker, and so another shell.
 */
const phoneShell: Plugin = {
  name: 'phone-shell',
  /** After Vite has taken away chunks that were nothing but style: of a file that is not there, no phone keeps any. */
  generateBundle: { order: 'post', handler: nameShell },
};

function nameShell(_options: unknown, bundle: Rolldown.OutputBundle): void {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const files = new Set<string>();
  const take = (fileName: string) => {
    const chunk = byName.get(fileName);
    if (chunk === undefined || files.has(fileName)) return;
    files.add(fileName);
    for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(style);
    for (const imported of chunk.imports) take(imported);
  };
  for (const { fileName, name, isEntry } of chunks)
    if ((isEntry && name !== worker) || name === 'respond-page') take(fileName);
  const shell = [...files].toSorted().map((file) => `/${file}`);
  const version = createHash('sha256').update(shell.join()).digest('hex').slice(0, 12);
  const text = chunks.find(({ name }) => name === worker)!;
  const said = `const shellFiles=${JSON.stringify(shell)},shellVersion=${JSON.stringify(version)};`;
  text.code = said + text.code;
}

/** A build is a production build, whatever NODE_ENV the shell or a test runner happens to have. */
export default defineConfig(({ command }) => {
  if (command === 'build') process.env.NODE_ENV = 'production';
  return {
    plugins: [onlyWoff2, react(), phoneShell],
    worker: { format: 'es' },
    build: {
      target: 'es2022',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1400,
      rolldownOptions: {
        input: { index: 'index.html', [worker]: 'src/respond/shell-worker.ts' },
        output: {
          entryFileNames: ({ name }) => (name === worker ? '[name].js' : 'assets/[name]-[hash].js'),
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
