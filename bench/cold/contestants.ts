import type { FunctionDefinition } from '../../local/lambda/function-definition.ts';
import { bundlePeer, type PeerName } from './bundles.ts';
import { envelope, httpEvent } from './events.ts';
import { LISTING_READ, registeredOperation, renamed } from './operations.ts';

/** The names, in the order of the table. */
export type ColdName = 'floor' | 'ours-known' | 'ours-unknown' | 'stock' | 'hive' | 'our-subgraph' | 'stock-subgraph';

/** A Lambda whose start is timed, with the event that it answers. */
export interface Contestant {
  name: ColdName;
  definition: FunctionDefinition;
  event: object;
  /** All that are alike in this must give the same data. */
  answersAs?: 'gateway' | 'subgraph';
}

export interface Surroundings {
  /** Two of the project's functions, as they are deployed. */
  gateway: FunctionDefinition;
  subgraph: FunctionDefinition;
  /** The supergraph with its subgraphs at http addresses. */
  supergraph: string;
  /** Where subgraphs can be called, and invoked. */
  backendUrl: string;
  dynamoDbUrl: string;
}

/** Everyone who may take part. */
export async function contestants(around: Surroundings): Promise<Contestant[]> {
  const { id, query, variables } = registeredOperation();
  const onTable = { AWS_ENDPOINT_URL: around.dynamoDbUrl, TABLE_NAME: around.subgraph.environment.TABLE_NAME ?? '' };
  const gateway = withVariables(around.gateway, { AWS_ENDPOINT_URL: around.backendUrl });
  const notKnown = httpEvent({ query: renamed(query), variables });
  const known = httpEvent({ variables, extensions: { persistedQuery: { version: 1, sha256Hash: id } } });
  return [
    { name: 'floor', definition: await peer('floor', { SUBGRAPHS_URL: around.backendUrl }), event: notKnown },
    { name: 'ours-known', definition: gateway, event: known, answersAs: 'gateway' },
    { name: 'ours-unknown', definition: gateway, event: notKnown, answersAs: 'gateway' },
    { name: 'stock', definition: await peer('stock'), event: notKnown, answersAs: 'gateway' },
    { name: 'hive', definition: await peer('hive'), event: notKnown, answersAs: 'gateway' },
    {
      name: 'our-subgraph',
      definition: withVariables(around.subgraph, onTable),
      event: envelope(LISTING_READ),
      answersAs: 'subgraph',
    },
    {
      name: 'stock-subgraph',
      definition: await peer('stock-subgraph', onTable),
      event: httpEvent(LISTING_READ),
      answersAs: 'subgraph',
    },
  ];

  /** A peer's function has the memory and the time of ours. */
  async function peer(name: PeerName, variables: Record<string, string> = {}): Promise<FunctionDefinition> {
    const codeDirectory = await bundlePeer(name, around.supergraph);
    const environment = { NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1', ...variables };
    return { ...around.gateway, name, codeDirectory, handler: 'index.handler', environment };
  }
}

function withVariables(definition: FunctionDefinition, variables: Record<string, string>): FunctionDefinition {
  return { ...definition, environment: { ...definition.environment, ...variables } };
}
