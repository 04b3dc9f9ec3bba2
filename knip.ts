import { existsSync } from 'node:fs';
import type { KnipConfig } from 'knip';

/** Without the sample, whose services and tests use all of them: a library for services and tests to come. */
const OFFERED = existsSync('sample') ? [] : ['platform/*.ts', 'operator/*.ts', 'test/*.ts'];
/** What code generation uses of a client, which a graph may not have. */
const FOR_CLIENTS = [
  '@graphql-codegen/fragment-matcher',
  '@graphql-codegen/typed-document-node',
  '@graphql-codegen/typescript-operations',
  '@graphql-typed-document-node/core',
];

export default {
  entry: [
    'scripts/*.ts',
    'bench/cold/handlers/*.ts',
    'bench/end-with-parent.mjs',
    'bench/warm/{load,subgraphs}.ts',
    'bench/warm/peers/*.ts',
    'build/synthesize.ts',
    'build/{nothing.cjs,lambda-credentials.ts}',
    'build/code-cache/*.cjs',
    'gateway/handler.ts',
    'gateway/defaults/*.ts',
    'gateway/usage/reporter/handler.ts',
    'platform/publisher.ts',
    'schema-check/lambda/handler.ts',
    'infra/app.ts',
    '{subgraphs,test/graph/subgraphs}/*/{handler,consumer,mappers,subgraph.config}.ts',
    '{graph,sample,test/graph/graph}/{policies.ts,seed/{seed,importer}.ts,client/{main.tsx,vite.config.ts}}',
    'local/explorer/explorer.tsx',
    'local/lambda/runtime-client.cjs',
    'test/functions/*.cjs',
    'test/gateway-program.ts',
    'test/global-*.ts',
    'platform/inbox.ts',
    ...OFFERED,
  ],
  project: ['**/*.{ts,tsx,cjs,mjs}', '!bench/peers/**'],
  ignore: ['test/fixtures/**'],
  ignoreBinaries: ['rover'],
  ignoreDependencies: [
    // Comes with each client of the AWS SDK.
    '@aws-sdk/credential-provider-env',
    'aws-lambda-ric',
    'graph',
    'supergraph.graphql',
    ...(existsSync('sample/client') || existsSync('graph/client') ? [] : FOR_CLIENTS),
  ],
  ignoreExportsUsedInFile: { interface: true, type: true },
} satisfies KnipConfig;
