import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { byKey, type Product, productsOf, type Remark, remarksOf, type User, usersOf } from './data.ts';

const SUBGRAPHS = ['users', 'products', 'inventory', 'remarks'] as const;
type SubgraphName = (typeof SUBGRAPHS)[number];

/** Composes the supergraph of the four subgraphs, served at `/NAME` of one server. */
export function composeGraph(serverUrl: string): string {
  const services = SUBGRAPHS.map((name) => ({ name, url: `${serverUrl}/${name}`, typeDefs: typeDefs(name) }));
  const { supergraphSdl, errors = [] } = composeServices(services);
  if (!supergraphSdl) throw new Error(`The benchmark's subgraphs do not compose: ${errors.join('; ')}`);
  return supergraphSdl;
}

/** The configuration with which Grafbase's gateway composes the same subgraphs, TOML. */
export function grafbaseConfig(serverUrl: string): string {
  return SUBGRAPHS.map((name) => {
    const [url, schema] = [`${serverUrl}/${name}`, schemaFile(name)].map((each) => JSON.stringify(each));
    return `[subgraphs.${name}]\nurl = ${url}\nschema_path = ${schema}\n`;
  }).join('\n');
}

/** The executable schema of each subgraph, by name. */
export function subgraphSchemas(): Map<string, GraphQLSchema> {
  const resolvers = resolversOf();
  return new Map(
    SUBGRAPHS.map((name) => [name, buildSubgraphSchema([{ typeDefs: typeDefs(name), resolvers: resolvers[name] }])]),
  );
}

function typeDefs(name: SubgraphName) {
  return parse(readFileSync(schemaFile(name), 'utf8'));
}

function schemaFile(name: SubgraphName): string {
  return join(import.meta.dirname, 'schemas', `${name}.graphql`);
}

function resolversOf() {
  const users = byKey(usersOf, ({ id }) => id);
  const products = byKey(productsOf, ({ upc }) => upc);
  const remarksByAuthor = byKey(remarksOf, ({ authorId }) => authorId);
  const remarksByProduct = byKey(remarksOf, ({ upc }) => upc);
  const remarks = byKey(remarksOf, ({ id }) => id);
  return {
    users: {
      Query: { users: (_: unknown, { page }: { page: number }) => usersOf(page) },
      User: { __resolveReference: ({ id }: Pick<User, 'id'>) => users.get(id)?.[0] },
    },
    products: {
      Query: {
        topProducts: (_: unknown, { page, first }: { page: number; first: number }) => productsOf(page).slice(0, first),
      },
      Product: { __resolveReference: ({ upc }: Pick<Product, 'upc'>) => products.get(upc)?.[0] },
    },
    inventory: {
      Product: {
        inStock: ({ upc }: Pick<Product, 'upc'>) => upc.endsWith('1') || upc.endsWith('2'),
        shippingEstimate: ({ price, weight }: Product) => (price > 1_000 ? 0 : Math.round(weight / 2)),
      },
    },
    remarks: {
      Remark: {
        __resolveReference: ({ id }: Pick<Remark, 'id'>) => remarks.get(id)?.[0],
        author: ({ authorId }: Remark) => ({ id: authorId }),
        product: ({ upc }: Remark) => ({ upc }),
      },
      User: { remarks: ({ id }: Pick<User, 'id'>) => remarksByAuthor.get(id) ?? [] },
      Product: { remarks: ({ upc }: Pick<Product, 'upc'>) => remarksByProduct.get(upc) ?? [] },
    },
  };
}
