import { GraphQLError } from 'graphql';

/** Who is asking: taken by the gateway from a verified token, and by subgraphs from the envelope only. */
export interface Viewer {
  /** The token's subject: the user's id in every service. */
  id: string;
  email?: string;
  name?: string;
  /** Groups of the identity provider the user belongs to, such as `librarian`. */
  groups: string[];
  /** OAuth scopes the token carries. */
  scopes: string[];
}

/** The viewer, or the error that a client gets when it must sign in first. */
export function signedIn(viewer: Viewer | undefined): Viewer {
  if (viewer) return viewer;
  throw new GraphQLError('Sign in to do this: send a token in the Authorization header.', {
    extensions: { code: 'UNAUTHENTICATED' },
  });
}
