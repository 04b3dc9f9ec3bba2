import { parse, printSchema } from 'graphql';
import { contractSupergraph } from '../../build/contract.ts';
import { readRequirements } from '../../gateway/authorization/requirements.ts';
import { cacheHints } from '../../gateway/caching/cache-hints.ts';
import { readSupergraph } from '../../gateway/engine/plan/supergraph.ts';
import { costHints } from '../../gateway/limits/cost-hints.ts';
import { compose, gateway, service } from './gateway.ts';

const FEDERATION = [
  'key',
  'authenticated',
  'requiresScopes',
  'policy',
  'cost',
  'listSize',
  'tag',
  'inaccessible',
  'composeDirective',
  'interfaceObject',
];

/** How a subgraph names the directives of a specification: arguments of its `@link`, and each directive's name. */
interface Naming {
  link: (names: string[]) => string;
  nameOf: (directive: string, specification: string) => string;
}

const NAMINGS: Record<string, Naming> = {
  'imported by their own names': {
    link: (names) => `, import: [${names.map((name) => `"@${name}"`)}]`,
    nameOf: (directive) => directive,
  },
  'imported by other names': {
    link: (names) => `, import: [${names.map((name) => `{name: "@${name}", as: "@my_${name}"}`)}]`,
    nameOf: (directive) => `my_${directive}`,
  },
  'not imported': { link: () => '', nameOf: (directive, specification) => `${specification}__${directive}` },
  'of a renamed link': { link: () => ', as: "other"', nameOf: (directive) => `other__${directive}` },
};

const CACHING: Record<string, Naming> = {
  ...NAMINGS,
  // The name `other` belongs to the federation's link.
  'of a renamed link': { link: () => ', as: "kept"', nameOf: () => 'kept' },
  'not imported': { link: () => '', nameOf: () => 'cacheControl' },
};

/** Returns the schemas of the same two subgraphs with a naming. */
function schemas(naming: string): { name: string; typeDefs: string }[] {
  const [federation, caching] = [NAMINGS[naming], CACHING[naming]];
  if (!federation || !caching) throw new Error(`No naming "${naming}"`);
  const named = (sdl: string) =>
    sdl
      .replaceAll('@cacheControl', `@${caching.nameOf('cacheControl', 'cacheControl')}`)
      .replaceAll(/@(\w+)/g, (whole, name) =>
        FEDERATION.includes(name) ? `@${federation.nameOf(name, 'federation')}` : whole,
      );
  const head = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9"${federation.link(FEDERATION)})`;
  const shop = `${head}
    @link(url: "https://specs.shop.test/cacheControl/v1.0"${caching.link(['cacheControl'])})
    ${named(`@composeDirective(name: "@cacheControl")
    directive @cacheControl(maxAge: Int, scope: Scope) on FIELD_DEFINITION | OBJECT
    enum Scope { PUBLIC PRIVATE }
    type Query {
      free: Int @cacheControl(maxAge: 60) @tag(name: "public")
      signedIn: Int @authenticated
      scoped: Int @requiresScopes(scopes: [["a", "b"], ["c"]])
      allowed: Int @policy(policies: [["p"]])
      dear(much: Int @cost(weight: 3)): Int @cost(weight: 30000)
      page(first: Int): [Item] @listSize(slicingArguments: ["first"])
      internal: Int @tag(name: "internal")
      hidden: Int @inaccessible
      items: [Item] @tag(name: "public")
      things: [Thing]
    }
    type Item @key(fields: "id") @cacheControl(maxAge: 5, scope: PRIVATE) { id: ID! secret: Int @tag(name: "internal") }
    interface Thing @key(fields: "id") { id: ID! }
    type Box implements Thing @key(fields: "id") { id: ID! }`)}`;
  const stock = `${head} ${named(`
    type Item @key(fields: "id") { id: ID! count: Int @authenticated }
    type Thing @key(fields: "id") @interfaceObject { id: ID! weight: Int }`)}`;
  return [
    { name: 'shop', typeDefs: shop },
    { name: 'stock', typeDefs: stock },
  ];
}

const RESOLVERS: Record<string, object> = {
  shop: {
    Query: {
      ...Object.fromEntries(['free', 'signedIn', 'scoped', 'allowed', 'dear'].map((name) => [name, () => 1])),
      items: () => [{ id: 'i' }],
      things: () => [{ __typename: 'Box', id: 't' }],
    },
  },
  stock: { Item: { count: () => 3 }, Thing: { weight: () => 4 } },
};

const SERVICES = schemas('imported by their own names').map(({ name, typeDefs }) =>
  service(name, typeDefs, RESOLVERS[name]),
);

/** Supergraphs with other names for links and directives, as other tools write them. */
const REWRITTEN: Record<string, (sdl: string) => string> = {
  'join under another name': (sdl) => sdl.replace(/(join\/v0.5")/, '$1, as: "j"').replaceAll('join__', 'j__'),
  'links of whole specifications': (sdl) =>
    sdl
      .replace('authenticated/v0.1", for: SECURITY', 'authenticated/v0.1", for: SECURITY, as: "auth"')
      .replaceAll(/@authenticated\b/g, '@auth')
      .replace(/cost\/v0.1", import: \[[^\]]*\]/, 'cost/v0.1", as: "price"')
      .replaceAll('@cost', '@price')
      .replaceAll('@listSize', '@price__listSize')
      .replace('tag/v0.3"', 'tag/v0.3", as: "label"')
      .replaceAll(/@tag\b/g, '@label')
      .replace('inaccessible/v0.2"', 'inaccessible/v0.2", as: "hide"')
      .replaceAll(/@inaccessible\b/g, '@hide'),
  'specifications that are linked without importing': (sdl) =>
    sdl
      .replace(/cost\/v0.1", import: \[[^\]]*\]/, 'cost/v0.1"')
      .replaceAll('@listSize', '@cost__listSize')
      .replace(/cacheControl\/v1.0", import: \[[^\]]*\]/, 'cacheControl/v1.0"'),
  'of @core, which imports nothing': (sdl) =>
    sdl
      .replace(
        /^directive @link.*$/m,
        'directive @core(feature: String!, as: String, for: core__Purpose) repeatable on SCHEMA',
      )
      .replace('specs.apollo.dev/link/v1.0', 'specs.apollo.dev/core/v0.2')
      .replaceAll(/@link\(url: ([^)]*?)(, import: \[[^\]]*\])?\)/g, '@core(feature: $1)')
      .replace('scalar link__Import', '')
      .replaceAll('link__Purpose', 'core__Purpose')
      .replace('authenticated/v0.1"', 'authenticated/v0.1", as: "auth"')
      .replaceAll(/@authenticated\b/g, '@auth')
      .replaceAll('@listSize', '@cost__listSize'),
  'the linking directive under another name': (sdl) =>
    sdl.replace('link/v1.0"', 'link/v1.0", as: "uses"').replaceAll('@link(', '@uses(').replaceAll('link__', 'uses__'),
};

/** Returns everything that the system reads from a supergraph. */
function readings(sdl: string) {
  const document = parse(sdl);
  const { interfaceObjects, joined, schema } = readSupergraph(sdl);
  return {
    requirements: readRequirements(document),
    costs: costHints(document),
    caching: cacheHints(document),
    interfaceObjects,
    joined,
    fields: Object.keys(schema.getQueryType()?.getFields() ?? {}),
    contract: printSchema(readSupergraph(contractSupergraph(sdl, 'test', ['public'])).schema),
  };
}

const PLAIN = compose(SERVICES);

const SUPERGRAPHS: [string, string][] = [
  ...Object.keys(NAMINGS).map((naming): [string, string] => [naming, compose(schemas(naming))]),
  ...Object.entries(REWRITTEN).map(([name, rewrite]): [string, string] => [name, rewrite(PLAIN)]),
];

test('each supergraph has other names', () => {
  const heads = SUPERGRAPHS.map(([, sdl]) => sdl.slice(0, sdl.indexOf('type Query')));
  expect(new Set(heads).size).toBe(SUPERGRAPHS.length);
  expect(heads.find((head) => head.includes('@core'))).toMatch(/@core\(feature: "[^"]*core\/v0.2"\)(?![\s\S]*@link)/);
});

test('each directive is read', () => {
  const { requirements, costs, caching, fields, interfaceObjects, contract } = readings(PLAIN);
  expect([...requirements.keys()].sort()).toEqual(['Item.count', 'Query.allowed', 'Query.scoped', 'Query.signedIn']);
  expect(costs).toEqual({
    weights: new Map([
      ['Query.dear', 30000],
      ['Query.dear(much:)', 3],
    ]),
    listSizes: new Map([['Query.page', { slicingArguments: ['first'] }]]),
  });
  expect([...caching]).toEqual([
    ['Item', { maxAge: 5, scope: 'PRIVATE' }],
    ['Query.free', { maxAge: 60 }],
  ]);
  expect(interfaceObjects).toEqual(['Thing']);
  expect(fields).not.toContain('hidden');
  expect(contract).toContain('items: [Item]');
  expect(contract).not.toMatch(/internal|secret|signedIn/);
});

describe.each(SUPERGRAPHS)('directives %s', (_, supergraphSdl) => {
  test('have the same meaning', () => {
    expect(readings(supergraphSdl)).toEqual(readings(PLAIN));
  });

  test('are enforced', async () => {
    const graph = await gateway(SERVICES, { supergraphSdl, policies: {} });
    const { data, errors } = await graph.execute(
      '{ free signedIn scoped allowed items { id count } things { weight } }',
    );
    const withheld = { signedIn: null, scoped: null, allowed: null };
    expect(data).toEqual({ free: 1, ...withheld, items: [{ id: 'i', count: null }], things: [{ weight: 4 }] });
    expect(errors?.map(({ path }) => path)).toEqual([['signedIn'], ['scoped'], ['allowed'], ['items', 0, 'count']]);
    expect((await graph.execute('{ dear }')).errors?.[0]?.extensions?.code).toBe('OPERATION_TOO_COSTLY');
  });
});

test('a directive of another specification with the name of a known one is ignored', () => {
  const sdl = PLAIN.replace(
    /@link\(url: "https:\/\/specs.apollo.dev\/authenticated\/v0.1", for: SECURITY\)/,
    '@link(url: "https://specs.shop.test/marks/v1.0", import: [{name: "@mark", as: "@authenticated"}])',
  );
  expect([...readRequirements(parse(sdl)).keys()]).toEqual(['Query.scoped', 'Query.allowed']);
});

test('a directive without a link is recognized by its name', () => {
  const sdl = PLAIN.replace(/@link\(url: "https:\/\/specs.apollo.dev\/authenticated\/v0.1", for: SECURITY\)/, '');
  expect(readRequirements(parse(sdl))).toEqual(readRequirements(parse(PLAIN)));
});

describe('a supergraph is refused', () => {
  const withLink = (link: string) => PLAIN.replace('\n{', `\n  @link(${link})\n{`);

  test.each([
    [
      'for security',
      'url: "https://specs.shop.test/vault/v1.0", for: SECURITY',
      /specs.shop.test\/vault\/v1.0 is for SECURITY/,
    ],
    ['for execution', 'url: "https://specs.apollo.dev/connect/v0.1", for: EXECUTION', /connect\/v0.1 is for EXECUTION/],
    ['of no version', 'url: "https://specs.shop.test/vault", for: SECURITY', /specs.shop.test\/vault is for SECURITY/],
  ])('if it links an unknown specification %s', (_, link, message) => {
    expect(() => readSupergraph(withLink(link))).toThrow(message);
    expect(() => readSupergraph(withLink(link))).toThrow(/It implements .*authenticated \(v0.1\)/);
  });

  test.each(['authenticated', 'requiresScopes', 'policy', 'inaccessible', 'join', 'cost'])(
    'if it links an unknown version of %s',
    (name) => {
      const sdl = PLAIN.replace(new RegExp(`(specs.apollo.dev/${name}/)v[0-9.]+`), '$1v9.0');
      expect(() => readSupergraph(sdl)).toThrow(new RegExp(`${name}/v9.0 .* supports ${name} only in version`));
    },
  );

  test('but not if the unknown specification is for neither', () => {
    expect(() => readSupergraph(withLink('url: "https://specs.shop.test/vault/v1.0"'))).not.toThrow();
  });
});
