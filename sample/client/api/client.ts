import { ApolloClient, ApolloLink, HttpLink } from '@apollo/client';
import { GraphQL17Alpha9Handler } from '@apollo/client/incremental';
import { SetContextLink } from '@apollo/client/link/context';
import { ErrorLink } from '@apollo/client/link/error';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { generatePersistedQueryIdsFromManifest, sortTopLevelDefinitions } from '@apollo/persisted-query-lists';
import { Kind, OperationTypeNode } from 'graphql';
import manifest from '../../operations/web.json';
import { socket } from '../live/socket.ts';
import { endSession, onSessionChange, token } from '../session/session.ts';
import { cache } from './cache.ts';
import { hasCode } from './problems.ts';

/** Adds the session's token to each request. */
const authorization = new SetContextLink(({ headers }) => {
  const bearer = token();
  return bearer ? { headers: { ...headers, authorization: `Bearer ${bearer}` } } : {};
});

/** Ends the session when the gateway rejects its token. */
const expiry = new ErrorLink(({ error }) => {
  if (token() && hasCode(error, 'UNAUTHENTICATED')) endSession('Your session has expired. Sign in again to continue.');
});

/** Sends operations by registered id, and with their text if the gateway does not know the id. */
const registeredIds = new PersistedQueryLink(generatePersistedQueryIdsFromManifest({ loadManifest: () => manifest }));

const http = new HttpLink({
  uri: '/graphql',
  // An id is the hash of the text with sorted definitions.
  print: (node, print) => print(node.kind === Kind.DOCUMENT ? sortTopLevelDefinitions(node) : node),
});

const requests = ApolloLink.from([authorization, registeredIds, http]);

/** Sends subscriptions over the WebSocket connection, with the text whose hash is the registered id. */
const subscriptions = ApolloLink.from([
  new ApolloLink((operation, forward) => {
    operation.query = sortTopLevelDefinitions(operation.query);
    return forward(operation);
  }),
  new GraphQLWsLink(socket),
]);

/** The page's Apollo Client. */
export const client = new ApolloClient({
  cache,
  link: expiry.split(({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION, subscriptions, requests),
  clientAwareness: { name: 'web' },
  incrementalHandler: new GraphQL17Alpha9Handler(),
});

// Responses depend on the viewer. A query that fails to refetch shows its error where it is used.
onSessionChange(() => void client.resetStore().catch(() => undefined));
