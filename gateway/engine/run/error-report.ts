import type { GraphQLErrorExtensions } from 'graphql';
import { GraphQLError } from 'graphql/error/index.js';

/** Where something is in an answer: response keys and list indexes. */
export type ResponsePath = (string | number)[];

/** The most places that are named where fields are withheld: each item of a list has its own. */
const MAX_WITHHELD = 10_000;

const WITHHELD: GraphQLErrorExtensions = { code: 'UNAUTHORIZED_FIELD_OR_TYPE' };

/** The errors of one answer, each told once. */
export class ErrorReport {
  readonly errors: GraphQLError[] = [];
  readonly #told = new Set<string>();
  /** Paths of the errors, and all that lead to them, as text. */
  readonly #paths = new Set<string>();
  readonly #leading = new Set<string>();
  /** Errors that are in the sets: few answers need them. */
  #indexed = 0;
  #withheld = 0;

  add(message: string, path: ResponsePath | undefined, extensions: GraphQLErrorExtensions): void {
    const key = JSON.stringify([message, path, extensions.code]);
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.errors.push(new GraphQLError(message, { ...(path && { path }), extensions }));
  }

  /** Says that the viewer may not see a field. */
  addWithheld(path: ResponsePath): void {
    this.#withheld += 1;
    if (this.#withheld <= MAX_WITHHELD) this.add('Unauthorized field or type', [...path], WITHHELD);
    else this.add(`Unauthorized field or type, at more than the ${MAX_WITHHELD} places named`, undefined, WITHHELD);
  }

  /** Says why a value is null, unless an error around it or in it has said so. */
  addUnlessExplained(message: string, path: ResponsePath): void {
    this.#index();
    const steps = leadingTo(path);
    const isExplained = this.#leading.has(steps.at(-1) ?? '') || steps.some((each) => this.#paths.has(each));
    if (!isExplained) this.add(message, [...path], { code: 'SUBGRAPH_BAD_RESPONSE' });
  }

  #index(): void {
    for (; this.#indexed < this.errors.length; this.#indexed++) {
      const path = this.errors[this.#indexed]?.path;
      if (!path) continue;
      const steps = leadingTo(path);
      this.#paths.add(steps.at(-1) ?? '');
      for (const step of steps) this.#leading.add(step);
    }
  }
}

/** A path and all that lead to it, the shortest first, each as text. */
function leadingTo(path: readonly (string | number)[]): string[] {
  let text = '';
  return ['', ...path.map((step) => (text += `/${step}`))];
}
