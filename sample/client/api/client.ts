import { ApolloClient, ApolloLink, HttpLink } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { ErrorLink } from '@apollo/client/link/error';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { generatePersistedQueryIdsFromManifest, sortTopLevelDefinitions } from '@apollo/persisted-query-lists';
import { Kind } from 'graphql';
import manifest from '../../operations/web.json';
import { endSession, onSessionChange, token } from '../session/session.ts';
import { cache } from './cache.ts';
import { hasCode } from './problems.ts';

/** Who is signed in says so with each request. */
const authorization = new SetContextLink(({ headers }) => {
  const bearer = token();
  return bearer ? { headers: { ...headers, authorization: `Bearer ${bearer}` } } : {};
});

/** A token that the gateway refuses is of no further use. */
const expiry = new ErrorLink(({ error }) => {
  if (token() && hasCode(error, 'UNAUTHENTICATED')) endSession('Your sign-in has ended. Sign in again to go on.');
});

/** Operations are sent by their registered ids, and by their text to a gateway that does not know an id. */
const registeredIds = new PersistedQueryLink(generatePersistedQueryIdsFromManifest({ loadManifest: () => manifest }));

const http = new HttpLink({
  uri: '/graphql',
  // An id is the hash of a text with its definitions in this order.
  print: (node, print) => print(node.kind === Kind.DOCUMENT ? sortTopLevelDefinitions(node) : node),
});

/** The one client of this page. */
export const client = new ApolloClient({
  cache,
  link: ApolloLink.from([expiry, authorization, registeredIds, http]),
  clientAwareness: { name: 'web' },
});

// Another viewer sees other answers. A query that fails to be asked again says so where it is shown.
onSessionChange(() => void client.resetStore().catch(() => undefined));
