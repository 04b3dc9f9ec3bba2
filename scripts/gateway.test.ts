import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { composeServices } from '@apollo/composition';
import { graphql, parse } from 'graphql';
import { freePort } from '../local/http/port.ts';
import { type Service, service } from '../test/federation/gateway.ts';

const SCRIPT = join(import.meta.dirname, 'gateway.ts');

const users = service(
  'users',
  'type Query { me: User } type User @key(fields: "id") { id: ID! name: String! @authenticated }',
  {
    Query: { me: () => ({ id: '1', name: 'Ada' }) },
  },
);
const posts = service('posts', 'type User @key(fields: "id") { id: ID! posts: Int }', { User: { posts: () => 3 } });

let hangs = false;
const servers: Server[] = [];
const directory = mkdtempSync(join(tmpdir(), 'gateway-'));
const file = join(directory, 'supergraph.graphql');
let gateway: ChildProcess;
let output = '';
let port = 0;

beforeAll(async () => {
  const definitions = await Promise.all([users, posts].map(async (each) => ({ ...each, url: await serve(each) })));
  const { supergraphSdl = '' } = composeServices(
    definitions.map((each) => ({ ...each, typeDefs: parse(each.typeDefs) })),
  );
  writeFileSync(file, supergraphSdl);
  port = await freePort();
  gateway = spawn(process.execPath, [SCRIPT, '--supergraph', file, '--port', String(port), '--timeout', '300']);
  gateway.stdout?.on('data', (text) => {
    output += text;
  });
  gateway.stderr?.on('data', (text) => {
    output += text;
  });
  while (!output.includes('Ready')) await once(gateway.stdout ?? gateway, 'data');
}, 30_000);

afterAll(() => {
  gateway.kill('SIGKILL');
  for (const server of servers) server.closeAllConnections();
  for (const server of servers) server.close();
  rmSync(directory, { recursive: true });
});

async function serve({ schema, name }: Service): Promise<string> {
  const server = createServer(async (incoming, outgoing) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    if (hangs && name === 'posts') return;
    const { query, variables } = JSON.parse(body);
    outgoing.end(JSON.stringify(await graphql({ schema, source: query, variableValues: variables })));
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

async function ask(query: string): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

function run(...options: string[]): Promise<{ code: number; stderr: string }> {
  return promisify(execFile)(process.execPath, [SCRIPT, ...options]).then(
    () => ({ code: 0, stderr: '' }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, stderr }),
  );
}

describe('npm run gateway', () => {
  test('serves operations, introspection and health', async () => {
    expect(await ask('{ me { name posts } }')).toEqual({ data: { me: { name: 'Ada', posts: 3 } } });
    expect(await ask('{ __schema { queryType { name } } }')).toEqual({
      data: { __schema: { queryType: { name: 'Query' } } },
    });
    const health = await fetch(`http://127.0.0.1:${port}/health`);
    expect(await health.json()).toEqual({ status: 'ok', supergraph: expect.stringMatching(/^[0-9a-f]{12}$/) });
    expect(output.match(/Ready/g)).toHaveLength(1);
  });

  test('warns about access rules that it does not enforce', () => {
    expect(output).toContain('authenticated');
  });

  test('allows CORS for any localhost port, on error responses too', async () => {
    const headers = { origin: 'http://localhost:5173' };
    const preflight = await fetch(`http://127.0.0.1:${port}/graphql`, { method: 'OPTIONS', headers });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('apollographql-client-version');
    for (const path of ['/graphql', '/nowhere']) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
      expect(answer.ok).toBe(false);
      expect(answer.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    }
    const foreign = await fetch(`http://127.0.0.1:${port}/health`, { headers: { origin: 'https://evil.example' } });
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('times out subgraph requests after --timeout', async () => {
    hangs = true;
    expect(await ask('{ me { name posts } }')).toMatchObject({
      data: { me: { name: 'Ada', posts: null } },
      errors: [{ path: ['me'], extensions: { code: 'SUBGRAPH_TIMEOUT', serviceName: 'posts' } }],
    });
    hangs = false;
  });

  test.each([
    ['a schema that is not a supergraph', 'type Query { a: Int }', /^\S+ cannot be served: .+\n$/],
    ['a file that is no SDL', '{"json": true}', /^\S+ cannot be served: .+\n$/],
    ['an empty file', '', /^\S+ cannot be served: .+\n$/],
  ])('rejects %s with a one-line message', async (_, text, line) => {
    const other = join(directory, 'other.graphql');
    writeFileSync(other, text);
    const { code, stderr } = await run('--supergraph', other);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(line) });
  });

  test('names an invalid option', async () => {
    expect(await run()).toMatchObject({ code: 1, stderr: expect.stringContaining('--supergraph FILE') });
    expect(await run('--supergraph', join(directory, 'none'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('cannot be read'),
    });
    expect(await run('--supergraph', file, '--timeout', 'soon')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('"soon"'),
    });
    expect(await run('--supergraph', file, '--port', String(port))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`Port ${port} is in use`),
    });
  });

  test('exits with code 0 on SIGTERM', async () => {
    gateway.kill('SIGTERM');
    expect(await once(gateway, 'exit')).toEqual([0, null]);
  });
});
