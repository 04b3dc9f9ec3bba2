import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { printSchema } from 'graphql';
import { apiSchema } from './build/api-schema.ts';
import { discoverClients } from './build/clients.ts';
import { discoverSubgraphs, graphRoots, ROOT } from './build/discover.ts';

type Outputs = CodegenConfig['generates'];

const SCALARS = { Date: 'string', DateTime: 'string', URL: 'string', ID: 'string' };

/** Resolver types of each subgraph, from its SDL. */
const resolvers: Outputs = Object.fromEntries(
  graphRoots()
    .flatMap((root) => discoverSubgraphs(root))
    .map(({ path }) => [
      `${relative(ROOT, path)}/__generated__/resolvers.ts`,
      {
        schema: `${relative(ROOT, path)}/schema.graphql`,
        plugins: ['typescript', 'typescript-resolvers'],
        config: {
          federation: true,
          enumsAsTypes: true,
          useTypeImports: true,
          importExtension: '.ts',
          contextType: '../context.ts#Context',
          mappers: mappersOf(path),
          scalars: SCALARS,
          resolversNonOptionalTypename: { unionMember: true },
          avoidOptionals: { defaultValue: true },
          inputMaybeValue: 'T | null | undefined',
        },
      },
    ]),
);

/**
 * For each client, its documents with variable and result types, and the possible types of interfaces and unions. The generated
 * code imports @graphql-typed-document-node/core.
 */
const clients: Outputs = Object.fromEntries(
  discoverClients().flatMap(({ directory, documents }) => {
    const schema = printSchema(apiSchema());
    return [
      [
        `${directory}/__generated__/operations.ts`,
        {
          schema,
          documents,
          plugins: ['typescript-operations', 'typed-document-node'],
          config: {
            documentMode: 'documentNode',
            enumType: 'string-literal',
            useTypeImports: true,
            scalars: SCALARS,
            defaultScalarType: 'unknown',
            // Apollo Client selects __typename, except in the root selection.
            nonOptionalTypename: true,
            skipTypeNameForRoot: true,
          },
        },
      ],
      [`${directory}/__generated__/possible-types.ts`, { schema, plugins: ['fragment-matcher'] }],
    ];
  }),
);

const config: CodegenConfig = { generates: { ...resolvers, ...clients } };

export default config;

/** Returns the codegen mappers: each `…Mapper` type exported by the subgraph's `mappers.ts`. */
function mappersOf(path: string): Record<string, string> {
  const source = readFileSync(`${path}/mappers.ts`, 'utf8');
  const names = [...source.matchAll(/\b(\w+)Mapper\b/g)].map(([, name]) => name ?? '');
  return Object.fromEntries(names.map((name) => [name, `../mappers.ts#${name}Mapper`]));
}
