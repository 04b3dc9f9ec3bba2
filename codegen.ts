import { readFileSync } from 'node:fs';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { discoverSubgraphs } from './build/discover.ts';

/** The domain types behind GraphQL types: each `…Mapper` that the subgraph's `mappers.ts` exports. */
function mappersOf(path: string): Record<string, string> {
  const source = readFileSync(`${path}/mappers.ts`, 'utf8');
  const names = [...source.matchAll(/\b(\w+)Mapper\b/g)].map(([, name]) => name ?? '');
  return Object.fromEntries(names.map((name) => [name, `../mappers.ts#${name}Mapper`]));
}

/** Types of each subgraph's resolvers, from its SDL. */
const config: CodegenConfig = {
  generates: Object.fromEntries(
    discoverSubgraphs().map(({ name, path }) => [
      `subgraphs/${name}/__generated__/resolvers.ts`,
      {
        schema: `subgraphs/${name}/schema.graphql`,
        plugins: ['typescript', 'typescript-resolvers'],
        config: {
          federation: true,
          enumsAsTypes: true,
          useTypeImports: true,
          importExtension: '.ts',
          contextType: '../context.ts#Context',
          mappers: mappersOf(path),
          scalars: { Date: 'string', DateTime: 'string', URL: 'string', ID: 'string' },
          resolversNonOptionalTypename: { unionMember: true },
          avoidOptionals: { defaultValue: true },
          inputMaybeValue: 'T | null | undefined',
        },
      },
    ]),
  ),
};

export default config;
