import type { GraphQLErrorExtensions } from 'graphql';
import { GraphQLError } from 'graphql/error/index.js';

/** Where something is in an answer: response keys and list indexes. */
export type ResponsePath = (string | number)[];

/** The errors of one answer, each told once. */
export class ErrorReport {
  readonly errors: GraphQLError[] = [];
  readonly #told = new Set<string>();

  add(message: string, path: ResponsePath | undefined, extensions: GraphQLErrorExtensions): void {
    const key = JSON.stringify([message, path, extensions.code]);
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.errors.push(new GraphQLError(message, { ...(path && { path }), extensions }));
  }

  /** Says why a value is null, unless an error around it or in it has said so. */
  addUnlessExplained(message: string, path: ResponsePath): void {
    if (this.errors.some((error) => error.path && isWithin(error.path, path))) return;
    this.add(message, [...path], { code: 'SUBGRAPH_BAD_RESPONSE' });
  }
}

/** Whether one of two paths leads through the other. */
function isWithin(one: readonly (string | number)[], other: readonly (string | number)[]): boolean {
  const length = Math.min(one.length, other.length);
  for (let index = 0; index < length; index++) if (one[index] !== other[index]) return false;
  return true;
}
