import { GraphQLError } from 'graphql';

/** The authenticated user. The gateway reads it from a verified token, subgraphs only from the envelope. */
export interface Viewer {
  /** The token's subject, which is the user's id in every service. */
  id: string;
  email?: string;
  name?: string;
  /** The user's groups at the identity provider, such as `librarian`. */
  groups: string[];
  /** OAuth scopes of the token. */
  scopes: string[];
}

/** Returns the viewer; throws UNAUTHENTICATED for an anonymous request. */
export function requireViewer(viewer: Viewer | undefined): Viewer {
  if (viewer) return viewer;
  throw new GraphQLError('Sign in first: this requires a token in the Authorization header.', {
    extensions: { code: 'UNAUTHENTICATED' },
  });
}
