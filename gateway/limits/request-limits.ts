import type { HTTPGraphQLRequest } from '@apollo/server';
import { type DocumentNode, GraphQLError, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { brokenLimit } from './document-limits.ts';
import type { Limits } from './limits.ts';

/** Characters of documents that are known to be small enough. */
const MAX_KNOWN = 2_000_000;
/** What graphql-js says, which gives the error no code. */
const TOO_MANY_TOKENS = /contains more tha[nt] \d+ tokens/;

/**
 * Refuses a request that is too large before anything is done with it. What it throws is a GraphQLError with the status
 * of the answer.
 */
export class RequestLimits {
  readonly #limits: Limits;
  readonly #known = new LRUCache<string, true>({ maxSize: MAX_KNOWN });

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Checks the size of a body, in bytes. */
  checkBody(bytes: number): void {
    const { bodyBytes } = this.#limits;
    if (bytes <= bodyBytes) return;
    throw new GraphQLError(`The request body has ${bytes} bytes: at most ${bodyBytes} are allowed.`, {
      extensions: { code: 'REQUEST_TOO_LARGE', limit: 'bodyBytes', http: { status: 413 } },
    });
  }

  /** Checks a document; one with a syntax error passes, as the server tells of it. */
  checkDocument(text: string): void {
    const { characters } = this.#limits;
    if (text.length > characters) throw tooLong('characters', characters);
    if (this.#known.get(text)) return;
    const document = this.#parsed(text);
    const broken = document && brokenLimit(document, this.#limits);
    if (broken) throw broken;
    if (document) this.#known.set(text, true, { size: text.length });
  }

  /** Checks the document of a request, if it brings one. */
  checkRequest(request: HTTPGraphQLRequest): void {
    const text = queryIn(request);
    if (text !== undefined) this.checkDocument(text);
  }

  #parsed(text: string): DocumentNode | undefined {
    const { tokens } = this.#limits;
    try {
      return parse(text, { maxTokens: tokens, noLocation: true });
    } catch (error) {
      if (!(error instanceof GraphQLError) || !TOO_MANY_TOKENS.test(error.message)) return undefined;
      throw tooLong('tokens', tokens);
    }
  }
}

function tooLong(limit: 'characters' | 'tokens', maximum: number): GraphQLError {
  return new GraphQLError(`The document has more than ${maximum.toLocaleString('en')} ${limit}.`, {
    extensions: { code: 'OPERATION_TOO_LARGE', limit, maximum, http: { status: 400 } },
  });
}

function queryIn({ body, search }: HTTPGraphQLRequest): string | undefined {
  const { query } = (body ?? {}) as { query?: unknown };
  const text = query ?? new URLSearchParams(search).get('query');
  return typeof text === 'string' ? text : undefined;
}
