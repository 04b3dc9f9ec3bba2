import { GraphQLError } from 'graphql/error/index.js';

/** What a client gets for arguments that cannot be: its own mistake, in words for the one who wrote the query. */
export function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
