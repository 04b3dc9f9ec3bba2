import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { adopt, planAdoption } from './adoption.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'adoption-'));
  write('cdk.json', '{ "context": { "graph": "sample" } }');
  write('package.json', '{ "name": "sample-graph", "dependencies": { "fast-csv": "1.0.0", "graphql": "16.0.0" } }');
  write('package-lock.json', '{ "name": "sample-graph", "packages": { "": { "name": "sample-graph" } } }');
  write('README.md', '# Sample graph\n\n<!-- sample -->\n\nOf the sample.\n\n<!-- /sample -->\n\nA graph.\n');
  write('gateway/server.ts', "import { parse } from 'graphql';");
  write('sample/seed/seed.ts', "import { parse } from 'fast-csv';\nimport { print } from 'graphql';");
  service('orders', 'type Query { order(id: ID!): Order } type Order @key(fields: "id") { id: ID! }', 'sample: true,');
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

function service(name: string, schema: string, config = ''): void {
  write(`subgraphs/${name}/schema.graphql`, `${LINK}\n${schema}`);
  write(`subgraphs/${name}/subgraph.config.ts`, `export default { ${config} };`);
}

const read = (file: string) => readFileSync(join(root, file), 'utf8');

test('adopting deletes the sample, renames the graph and keeps the services the team added', async () => {
  service('wishes', 'type Query { wish(id: ID!): Wish } type Wish @key(fields: "id") { id: ID! }');
  const plan = await planAdoption('acme', root);
  expect(plan.deleted).toEqual([
    { folder: 'sample', files: 1 },
    { folder: 'subgraphs/orders', files: 2 },
  ]);
  expect(plan.kept).toEqual(['subgraphs/wishes']);
  expect(plan.packages).toEqual(['fast-csv']);
  expect(existsSync(join(root, 'sample'))).toBe(true);

  adopt(plan, root);
  expect(['sample', 'subgraphs/orders'].filter((folder) => existsSync(join(root, folder)))).toEqual([]);
  expect(read('cdk.json')).toContain('"graph": "acme"');
  expect(read('package.json')).toContain('"name": "acme-graph"');
  expect(read('package-lock.json')).not.toContain('sample-graph');
  expect(read('README.md')).toBe('# Acme graph\n\nA graph.\n');
  expect(read('graph/README.md')).toContain('# acme');
  expect(read('graph/supergraph.graphql')).toContain('type Wish');
  await expect(planAdoption('acme', root)).rejects.toThrow('The system is already adopted: its graph is "acme".');
});

test('a graph without services can be adopted', async () => {
  adopt(await planAdoption('acme', root), root);
  expect(existsSync(join(root, 'graph/README.md'))).toBe(true);
  expect(existsSync(join(root, 'graph/supergraph.graphql'))).toBe(false);
});

const DEPENDENTS: [string, string, string, RegExp][] = [
  ['uses a type', 'type Query { stock: Order }', '', /Without the sample, stock would not compose.*Order/s],
  [
    'consumes events',
    'type Query { stock: Int }',
    'consumes: { orders: [] }',
    /subgraphs.stock consumes events of orders/,
  ],
];
test.each(DEPENDENTS)(
  'adoption is refused, changing nothing, if a remaining service %s of the sample',
  async (_, schema, config, reason) => {
    service('stock', schema, config);
    await expect(planAdoption('acme', root)).rejects.toThrow(reason);
    expect(existsSync(join(root, 'subgraphs/orders'))).toBe(true);
  },
);

test('rejects a name that AWS would not accept', async () => {
  await expect(planAdoption('Acme Inc', root)).rejects.toThrow('Perhaps "acme-inc"?');
});
