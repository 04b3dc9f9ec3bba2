import type { DocumentNode } from 'graphql';
import { GraphQLError } from 'graphql/error/index.js';
import { parse } from 'graphql/language/index.js';
import { exceededLimit } from '../limits/document-limits.ts';
import type { Limits } from '../limits/limits.ts';
import { exceedsNesting } from '../limits/nesting.ts';
import { checkCharacters, tooMany } from './document-size.ts';
import { withCode } from './refusal.ts';

/** Message of graphql-js, whose error has no code. */
const TOO_MANY_TOKENS = /contains more tha[nt] \d+ tokens/;

/** Parses a document; throws a GraphQLError if it exceeds a limit or has a syntax error. */
export function readDocument(text: string, limits: Limits): DocumentNode {
  checkCharacters(text, limits.characters);
  if (exceedsNesting(text, limits.nesting, 'graphql')) throw tooMany('nesting', limits.nesting);
  const document = parseWithLimit(text, limits.tokens);
  const exceeded = exceededLimit(document, limits);
  if (exceeded) throw exceeded;
  return document;
}

function parseWithLimit(text: string, maxTokens: number): DocumentNode {
  try {
    return parse(text, { maxTokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw TOO_MANY_TOKENS.test(error.message) ? tooMany('tokens', maxTokens) : withCode(error, 'GRAPHQL_PARSE_FAILED');
  }
}
