import { GraphQLError } from 'graphql';

/** Returns the error for a viewer without the right; the message is shown to the client. */
export function forbidden(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'FORBIDDEN' } });
}
