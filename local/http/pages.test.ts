import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Page, servePage } from './pages.ts';

let folder: string;
let server: Server;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pages-'));
  for (const name of ['app', 'app-secret', 'tool']) mkdirSync(join(folder, name, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'app', 'index.html'), 'the app');
  writeFileSync(join(folder, 'app', 'assets', 'index-abc.js'), 'code');
  writeFileSync(join(folder, 'app', 'a b.css'), 'styles');
  writeFileSync(join(folder, 'app-secret', 'index.html'), 'secret');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'tool', 'index.html'), 'the tool');
  const policy = "default-src 'self'";
  const pages: Page[] = [
    { directory: join(folder, 'tool'), home: '/', files: '/tool/', policy },
    { directory: join(folder, 'app'), home: '/app/', files: '/app/', policy, hasClientRoutes: true },
  ];
  server = createServer((incoming, outgoing) => {
    if (!servePage(pages, incoming, outgoing)) outgoing.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

/** Requests a path without the normalization that `fetch` applies. */
function get(path: string, method = 'GET'): Promise<{ status?: number; headers: NodeJS.Dict<unknown>; body: string }> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, method }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    });
    call.on('error', reject).end();
  });
}

test.each([
  ['/', 'the tool', 'text/html; charset=utf-8'],
  ['/app', 'the app', 'text/html; charset=utf-8'],
  ['/app/', 'the app', 'text/html; charset=utf-8'],
  ['/app/?to=60', 'the app', 'text/html; charset=utf-8'],
  ['/app/stays/loft-7', 'the app', 'text/html; charset=utf-8'],
  ['/app/assets/index-abc.js', 'code', 'text/javascript; charset=utf-8'],
  ['/app/a%20b.css', 'styles', 'text/css; charset=utf-8'],
])('%s is "%s"', async (path, body, type) => {
  expect(await get(path)).toMatchObject({
    status: 200,
    body,
    headers: {
      'content-type': type,
      'content-security-policy': "default-src 'self'",
      'x-content-type-options': 'nosniff',
    },
  });
});

test.each([
  '/tool/nothing',
  '/application',
  '/app/missing.js',
  '/app/assets/missing.js',
  '/app/../secret.txt',
  '/app/..%2fsecret.txt',
  '/app/%2e%2e/secret.txt',
  '/app/..%2fapp-secret/index.html',
  '/app/..\\secret.txt',
  '/app/%00.txt',
  '/app/%zz.txt',
  '/secret.txt',
])('%s is not found', async (path) => {
  expect(await get(path)).toMatchObject({ status: 404, body: '' });
});

test('only files with a hashed name are cached', async () => {
  expect((await get('/app/assets/index-abc.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect((await get('/app/')).headers['cache-control']).toBe('no-cache');
});

test('HEAD gets no body, and other methods are not served', async () => {
  expect(await get('/app/', 'HEAD')).toMatchObject({ status: 200, body: '' });
  expect((await get('/app/', 'POST')).status).toBe(404);
});
