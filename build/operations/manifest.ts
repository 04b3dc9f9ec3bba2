import { createHash } from 'node:crypto';
import { ApolloClient, ApolloLink, InMemoryCache } from '@apollo/client';
import { createFragmentRegistry } from '@apollo/client/cache';
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
import { of } from 'rxjs';

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

/** The manifest of valid definitions, operations by name: the same as Apollo's own tool writes. */
export async function manifestOf(definitions: ExecutableDefinitionNode[]): Promise<Manifest> {
  const asSent = sender(definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION));
  const operations = definitions
    .filter((each) => each.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => ({ name: operation.name?.value ?? '', operation }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: await Promise.all(
      operations.map(async ({ name, operation }) => {
        const body = print(sortTopLevelDefinitions(await asSent(operation)));
        return { id: createHash('sha256').update(body).digest('hex'), name, type: operation.operation, body };
      }),
    ),
  };
}

/**
 * Tells the document that Apollo Client sends for an operation: with its fragments and `__typename`, without what concerns
 * the client alone. It is asked of a client, so that no rule of its is written here a second time.
 */
function sender(fragments: FragmentDefinitionNode[]) {
  return async (operation: OperationDefinitionNode): Promise<DocumentNode> => {
    let sent: DocumentNode | undefined;
    const client = new ApolloClient({
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
  return type === OperationTypeNode.MUTATION
    ? client.mutate({ mutation: operation, fetchPolicy: 'no-cache' })
    : client.query({ query: operation, fetchPolicy: 'no-cache' });
}

function document(definitions: ExecutableDefinitionNode[]): DocumentNode {
  return { kind: Kind.DOCUMENT, definitions };
}
