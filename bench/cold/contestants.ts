import type { FunctionDefinition } from '../../local/aws/lambda/function-definition.ts';
import { bundlePeer, type PeerName } from './bundles.ts';
import { envelope, httpEvent, withToken } from './events.ts';
import { bookRead, registeredOperation, renamed } from './operations.ts';

/** Names, in the order of the table. */
export type ColdName =
  | 'floor'
  | 'ours-known'
  | 'ours-refused'
  | 'ours-unknown'
  | 'stock'
  | 'hive'
  | 'our-subgraph'
  | 'stock-subgraph';

/** A measured Lambda and its event. */
export interface Contestant {
  name: ColdName;
  definition: FunctionDefinition;
  event: object;
  /** Contestants of the same group must return the same data. */
  answersAs?: 'gateway' | 'subgraph';
  /** Code of the expected error, if it returns no data. */
  refusedAs?: string;
}

export interface ExecutionContext {
  /** The library's gateway, as it is deployed. */
  gateway: FunctionDefinition;
  /** The library's book subgraph, with its table. */
  subgraph: FunctionDefinition;
  /** The supergraph with http URLs of subgraphs. */
  supergraph: string;
  /** Id of the queried book, which is in the subgraph's table. */
  bookId: string;
  /** HTTP and Lambda endpoints of the subgraphs. */
  backendUrl: string;
}

/** Returns all contestants. */
export async function contestants(around: ExecutionContext): Promise<Contestant[]> {
  const { id, query, variables } = registeredOperation(around.bookId);
  const { AWS_ENDPOINT_URL = '', TABLE_NAME = '' } = around.subgraph.environment;
  const read = bookRead(around.bookId);
  const gateway = withVariables(around.gateway, { AWS_ENDPOINT_URL: around.backendUrl });
  const notKnown = httpEvent({ query: renamed(query), variables });
  const known = httpEvent({ variables, extensions: { persistedQuery: { version: 1, sha256Hash: id } } });
  return [
    { name: 'floor', definition: await peer('floor', { SUBGRAPHS_URL: around.backendUrl }), event: notKnown },
    { name: 'ours-known', definition: gateway, event: known, answersAs: 'gateway' },
    { name: 'ours-refused', definition: gateway, event: withToken(known, 'none'), refusedAs: 'UNAUTHENTICATED' },
    { name: 'ours-unknown', definition: gateway, event: notKnown, answersAs: 'gateway' },
    { name: 'stock', definition: await peer('stock'), event: notKnown, answersAs: 'gateway' },
    { name: 'hive', definition: await peer('hive'), event: notKnown, answersAs: 'gateway' },
    {
      name: 'our-subgraph',
      definition: around.subgraph,
      event: envelope(read),
      answersAs: 'subgraph',
    },
    {
      name: 'stock-subgraph',
      definition: await peer('stock-subgraph', { AWS_ENDPOINT_URL, TABLE_NAME }),
      event: httpEvent(read),
      answersAs: 'subgraph',
    },
  ];

  /** Peers get the memory and timeout of our function. */
  async function peer(name: PeerName, variables: Record<string, string> = {}): Promise<FunctionDefinition> {
    const codeDirectory = await bundlePeer(name, around.supergraph);
    const environment = { NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1', ...variables };
    return { ...around.gateway, name, codeDirectory, handler: 'index.handler', environment };
  }
}

/** Returns a function with additional environment variables. */
export function withVariables(definition: FunctionDefinition, variables: Record<string, string>): FunctionDefinition {
  return { ...definition, environment: { ...definition.environment, ...variables } };
}
