import { GraphQLError } from 'graphql/error/index.js';

const LABELS = { characters: 'characters', nesting: 'levels of nesting', tokens: 'tokens' };

/** Throws a GraphQLError if a document has more than the maximum of characters. */
export function checkCharacters(text: string, maximum: number): void {
  if (text.length > maximum) throw tooMany('characters', maximum);
}

/** Creates the error for a document that is too large. */
export function tooMany(limit: keyof typeof LABELS, maximum: number): GraphQLError {
  return new GraphQLError(`The document has more than ${maximum.toLocaleString('en')} ${LABELS[limit]}.`, {
    extensions: { code: 'OPERATION_TOO_LARGE', limit, maximum, http: { status: 400 } },
  });
}
