import { existsSync } from 'node:fs';
import type { KnipConfig } from 'knip';

/** Library code for future services and tests; only the sample uses all of it. */
const LIBRARY = existsSync('sample') ? [] : ['platform/**/*.ts', 'operator/*.ts', 'test/*.ts'];
/** Code generation packages, used only if the graph has a client. */
const CLIENT_CODEGEN = [
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
    'bench/stream/subgraphs.ts',
    'bench/live/floor.ts',
    'build/{check-resolvers,print-subscriptions,service-events,synthesize}.ts',
    'build/{empty-module.cjs,lambda-credentials.ts}',
    'build/code-cache/*.cjs',
    'gateway/handler.ts',
    'gateway/defaults/*.ts',
    'gateway/subscriptions/{connections,delivery,fan-out}.ts',
    'gateway/telemetry/usage/reporter/handler.ts',
    'platform/events/publisher.ts',
    'schema-check/lambda/handler.ts',
    'infra/app.ts',
    '{subgraphs,test/graph/subgraphs}/*/{handler,consumer,mappers,subgraph.config}.ts',
    '{graph,sample,test/graph/graph}/{policies.ts,operations/examples.ts,seed/{seed,importer}.ts,client/{main.tsx,vite.config.ts}}',
    'local/explorer/explorer.tsx',
    'local/aws/cloudformation/resource-types-worker.ts',
    'local/aws/lambda/runtime-client.cjs',
    'test/functions/*.cjs',
    'test/gateway-program.ts',
    'test/global-*.ts',
    'platform/events/inbox.ts',
    ...LIBRARY,
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
    ...(existsSync('sample/client') || existsSync('graph/client') ? [] : CLIENT_CODEGEN),
  ],
  ignoreExportsUsedInFile: { interface: true, type: true },
} satisfies KnipConfig;
