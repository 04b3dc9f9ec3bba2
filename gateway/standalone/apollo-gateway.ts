import { ApolloGateway } from '@apollo/gateway';
import type { DocumentNode } from 'graphql';
import { operationOfDocument, selectOperation } from '../engine/plan/make-program.ts';
import { apolloServer, throughApollo } from '../operations/apollo-server.ts';
import type { OperationKey, OperationPlanner } from '../operations/operation.ts';
import { usageKey } from '../telemetry/usage/usage-key.ts';

/** Returns a planner whose operations `@apollo/gateway` executes, as it comes: the reference that our engine is compared with. */
export async function apolloGatewayPlanner(supergraphSdl: string): Promise<OperationPlanner> {
  const server = apolloServer(new ApolloGateway({ supergraphSdl }), []);
  await server.start();
  return {
    kept: () => undefined,
    add: ({ operationName }: OperationKey, text: string, document: DocumentNode) => {
      const { operation } = operationOfDocument(selectOperation(document, operationName));
      return {
        kind: operation === 'mutation' ? 'mutation' : 'query',
        facts: undefined,
        usage: () => ({ key: usageKey(document, operationName) }),
        run: (request) => throughApollo(server, request, text),
      };
    },
  };
}
