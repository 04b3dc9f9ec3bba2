import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { Browser } from 'playwright-core';
import { settingsFor } from '../infra/settings.ts';
import { FirewallStack } from '../infra/stacks/firewall-stack.ts';
import { readSystemModel } from '../local/assembly/read-system-model.ts';
import { frontDoor } from '../local/http/function-url.ts';
import { startBrowser } from './browser.ts';
import { Library } from './library.ts';

/** CORS of the whole system. */

const ALLOWED = 'https://studio.apollographql.com';
const FOREIGN = ['https://evil.example', 'http://localhost.evil.example:3000', 'null'];
/** Headers of Apollo Client, Apollo Sandbox with query plans on, and tracing libraries. */
const CLIENT_HEADERS = {
  'content-type': 'application/json',
  authorization: 'Bearer none',
  'apollographql-client-name': 'page',
  'apollographql-client-version': '1.0',
  'apollo-require-preflight': 'true',
  'x-apollo-operation-name': 'Typename',
  'apollo-query-plan-experimental': '1',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  tracestate: 'vendor=1',
};
const PREFLIGHT = {
  'access-control-request-method': 'POST',
  'access-control-request-headers': Object.keys(CLIENT_HEADERS).join(','),
};
const QUESTION = { method: 'POST', body: '{"query":"{ __typename }"}' };

let library: Library;
beforeAll(async () => {
  library = await Library.start();
}, 120_000);
afterAll(() => library.close());

const send = (init: RequestInit, path = '/graphql') => fetch(`${library.url}${path}`, init);
const preflight = (origin: string, path?: string) =>
  send({ method: 'OPTIONS', headers: { origin, ...PREFLIGHT } }, path);
const ask = (headers: Record<string, string>) =>
  send({ ...QUESTION, headers: { 'content-type': 'application/json', ...headers } });
const accessControl = ({ headers }: Response) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));

test.each([ALLOWED, 'http://localhost:3000'])('a page of %s may send requests and read responses', async (origin) => {
  const [before, after] = [await preflight(origin), await ask({ origin })];
  expect(before.status).toBe(204);
  expect(accessControl(before)).toMatchObject({
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET,POST,OPTIONS',
  });
  expect(await after.json()).toEqual({ data: { __typename: 'Query' } });
  expect(accessControl(after)).toMatchObject({ 'access-control-allow-origin': origin });
  for (const answer of [before, after]) expect(answer.headers.get('vary')).toBe('Origin');
});

test.each(FOREIGN)('a page of %s gets no permission, by a preflight or a request', async (origin) => {
  const [before, after] = [await preflight(origin), await ask({ origin })];
  expect(before.status).toBe(204);
  expect(accessControl(before)).toEqual({});
  expect(after.status).toBe(200);
  expect(accessControl(after)).toEqual({});
});

test('every path of the gateway handles a preflight, and every response is readable', async () => {
  expect(accessControl(await preflight(ALLOWED, '/graphql/public'))).toMatchObject(
    accessControl(await preflight(ALLOWED)),
  );
  const unknown = await send({ ...QUESTION, headers: { origin: ALLOWED } }, '/graphql/none');
  expect([unknown.status, unknown.headers.get('access-control-allow-origin')]).toEqual([404, ALLOWED]);
});

describe('in a browser, a page at another port of this machine', () => {
  let browser: Browser;
  let pages: Server;
  beforeAll(async () => {
    pages = createServer((_, outgoing) =>
      outgoing.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Page</h1>'),
    );
    await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
    browser = await startBrowser();
  }, 30_000);
  afterAll(async () => {
    await browser.close();
    pages.close();
  });

  interface PageRequest {
    method: string;
    headers: Record<string, string>;
    body: string;
    credentials?: 'include';
  }

  /** Returns the response as a page can read it. */
  async function fetchFromPage(url: string, init: PageRequest, host = '127.0.0.1') {
    const page = await browser.newPage();
    await page.goto(`http://${host}:${(pages.address() as AddressInfo).port}/`);
    const seen = await page.evaluate(
      async ([url, init]) => {
        try {
          const answer = await fetch(url, init);
          const [id, retryAfter] = [answer.headers.get('x-request-id'), answer.headers.get('retry-after')];
          return { status: answer.status, body: await answer.text(), id, retryAfter };
        } catch (error) {
          return { refused: String(error) };
        }
      },
      [url, init] as const,
    );
    await page.close();
    return seen;
  }

  test.each(['127.0.0.1', 'localhost'])(
    'at %s sends all headers of clients, and reads the request id',
    async (host) => {
      const { authorization: _, ...headers } = CLIENT_HEADERS;
      const seen = await fetchFromPage(
        `${library.url}/graphql`,
        { ...QUESTION, headers, credentials: 'include' },
        host,
      );
      expect(seen).toMatchObject({ status: 200, id: expect.any(String) });
    },
  );

  test('signs in at the issuer, and reads the status of a refused token', async () => {
    const headers = { 'content-type': 'application/json' };
    const body = '{"email":"ada@example.com"}';
    const { status } = await fetchFromPage(`${library.url}/identity/token`, { method: 'POST', headers, body });
    expect(status).toBe(200);
    expect(await fetchFromPage(`${library.url}/graphql`, { ...QUESTION, headers: CLIENT_HEADERS })).toMatchObject({
      status: 401,
    });
  });

  test('reads status 429 of the firewall, and `retry-after`', async () => {
    const outdir = mkdtempSync(join(tmpdir(), 'firewall-'));
    const app = new App({ outdir, builtinCloudFormationValidation: false });
    new FirewallStack(app, { settings: settingsFor('shop', 'dev'), limits: { perAddress: 10, perViewer: 10 } });
    app.synth();
    const { edge } = readSystemModel(outdir, {});
    const api = frontDoor({ url: () => undefined, edge: () => edge, invoke: () => Promise.reject() });
    const server = createServer((incoming, outgoing) => void api(incoming, outgoing));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    for (let i = 0; i < 10; i++) await fetch(url, QUESTION);
    const seen = await fetchFromPage(url, { ...QUESTION, headers: CLIENT_HEADERS });
    server.close();
    server.closeAllConnections();
    rmSync(outdir, { recursive: true });
    expect(seen).toMatchObject({ status: 429, retryAfter: '300', body: expect.stringContaining('RATE_LIMITED') });
  }, 60_000);
});
