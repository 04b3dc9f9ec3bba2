import { GraphQLError } from 'graphql/error/index.js';

/** Returns the error for invalid arguments; the message is for the client's developer. */
export function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
