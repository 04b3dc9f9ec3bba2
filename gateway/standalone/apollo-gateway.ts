import { ApolloGateway } from '@apollo/gateway';
import type { DocumentNode } from 'graphql';
import { operationOfDocument, selectOperation } from '../engine/plan/make-program.ts';
import { apolloServer, executeWithApollo } from '../operations/apollo-server.ts';
import type { OperationKey, OperationPlanner } from '../operations/operation.ts';
import { usageKey } from '../telemetry/usage/usage-key.ts';

/** Returns a planner whose operations run in an unmodified `@apollo/gateway`: the reference for comparisons. */
export async function apolloGatewayPlanner(supergraphSdl: string): Promise<OperationPlanner> {
  const server = apolloServer(new ApolloGateway({ supergraphSdl }), []);
  await server.start();
  return {
    cached: () => undefined,
    add: ({ operationName }: OperationKey, text: string, document: DocumentNode) => {
      const { operation } = operationOfDocument(selectOperation(document, operationName));
      return {
        kind: operation === 'mutation' ? 'mutation' : 'query',
        facts: undefined,
        usage: () => ({ key: usageKey(document, operationName) }),
        run: (request) => executeWithApollo(server, request, text),
      };
    },
  };
}
