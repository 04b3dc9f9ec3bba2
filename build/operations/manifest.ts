import { createHash } from 'node:crypto';
import { ApolloClient, ApolloLink, InMemoryCache } from '@apollo/client';
import { createFragmentRegistry } from '@apollo/client/cache';
import { Defer20220824Handler } from '@apollo/client/incremental';
import { sortTopLevelDefinitions } from '@apollo/persisted-query-lists';
import {
  type DocumentNode,
  type ExecutableDefinitionNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  print,
} from 'graphql';
import { lastValueFrom, of } from 'rxjs';

/** https://www.apollographql.com/docs/graphos/platform/security/persisted-queries#manifest-format */
export interface Manifest {
  format: 'apollo-persisted-query-manifest';
  version: 1;
  operations: RegisteredOperation[];
}

export interface RegisteredOperation {
  /** SHA-256 of the body, in hexadecimal digits. */
  id: string;
  name: string;
  type: `${OperationTypeNode}`;
  /** The document as Apollo Client sends it. */
  body: string;
}

/** Returns the manifest of valid definitions, sorted by operation name; identical to the output of Apollo's own tool. */
export async function manifestOf(definitions: ExecutableDefinitionNode[]): Promise<Manifest> {
  const clientDocument = documentTransform(definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION));
  const operations = definitions
    .filter((each) => each.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => ({ name: operation.name?.value ?? '', operation }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: await Promise.all(
      operations.map(async ({ name, operation }) => {
        const body = print(sortTopLevelDefinitions(await clientDocument(operation)));
        return { id: createHash('sha256').update(body).digest('hex'), name, type: operation.operation, body };
      }),
    ),
  };
}

/**
 * Returns a function that gives the document Apollo Client sends for an operation: with fragments and `__typename`, without
 * client-only directives. It runs a real client, so that its transformations are not duplicated here.
 */
function documentTransform(fragments: FragmentDefinitionNode[]) {
  return async (operation: OperationDefinitionNode): Promise<DocumentNode> => {
    let sent: DocumentNode | undefined;
    const client = new ApolloClient({
      // Unlike the handler of the other protocol, it adds no labels to `@defer`.
      incrementalHandler: new Defer20220824Handler(),
      cache: new InMemoryCache({ fragments: createFragmentRegistry(document(fragments)) }),
      link: new ApolloLink(({ query }) => {
        sent = query;
        return of({ data: null });
      }),
    });
    await send(client, document([operation]), operation.operation);
    if (!sent) throw new Error(`Apollo Client does not send ${operation.name?.value}.`);
    return sent;
  };
}

function send(client: ApolloClient, operation: DocumentNode, type: OperationTypeNode): Promise<unknown> {
  if (type === OperationTypeNode.SUBSCRIPTION)
    return lastValueFrom(client.subscribe({ query: operation, fetchPolicy: 'no-cache' }), { defaultValue: undefined });
  return type === OperationTypeNode.MUTATION
    ? client.mutate({ mutation: operation, fetchPolicy: 'no-cache' })
    : client.query({ query: operation, fetchPolicy: 'no-cache' });
}

function document(definitions: ExecutableDefinitionNode[]): DocumentNode {
  return { kind: Kind.DOCUMENT, definitions };
}
