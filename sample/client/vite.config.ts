import { join } from 'node:path';
import { defineConfig } from 'vite';

const project = join(import.meta.dirname, '..', '..');
const gateway = 'http://localhost:4000';

export default defineConfig({
  root: import.meta.dirname,
  base: '/app/',
  build: { outDir: join(project, 'dist', 'web-client'), emptyOutDir: true },
  resolve: {
    alias: {
      // Its CommonJS build would bundle a second Apollo Client.
      '@apollo/persisted-query-lists': join(project, 'node_modules/@apollo/persisted-query-lists/src/index.ts'),
    },
  },
  // `npm run web` reloads on changes and proxies requests to the system that `npm start` runs.
  server: {
    host: '127.0.0.1',
    fs: { allow: [import.meta.dirname, join(project, 'node_modules'), join(import.meta.dirname, '..', 'operations')] },
    proxy: { '/graphql': { target: gateway, ws: true }, '/identity': gateway },
  },
});
