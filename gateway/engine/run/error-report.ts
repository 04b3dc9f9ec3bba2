import type { GraphQLErrorExtensions } from 'graphql';
import { GraphQLError } from 'graphql/error/index.js';

/** A path in a response: response keys and list indexes. */
export type ResponsePath = (string | number)[];

/** Maximum number of reported withheld fields: each list item has its own. */
const MAX_WITHHELD = 10_000;

const WITHHELD: GraphQLErrorExtensions = { code: 'UNAUTHORIZED_FIELD_OR_TYPE' };

/** The errors of one response, without duplicates. */
export class ErrorReport {
  readonly errors: GraphQLError[] = [];
  readonly #reported = new Set<string>();
  /** Error paths as text, and all of their prefixes. */
  readonly #paths = new Set<string>();
  readonly #prefixes = new Set<string>();
  /** Number of errors in these sets, which are filled on demand. */
  #indexed = 0;
  #withheld = 0;

  add(message: string, path: ResponsePath | undefined, extensions: GraphQLErrorExtensions): void {
    const key = JSON.stringify([message, path, extensions.code]);
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    this.errors.push(new GraphQLError(message, { ...(path && { path }), extensions }));
  }

  /** Reports a field that the viewer may not see. */
  addWithheld(path: ResponsePath): void {
    this.#withheld += 1;
    if (this.#withheld <= MAX_WITHHELD) this.add('Unauthorized field or type', [...path], WITHHELD);
    else this.add(`Unauthorized field or type at more than ${MAX_WITHHELD} paths`, undefined, WITHHELD);
  }

  /** Reports an invalid value, unless an error at the same path, an ancestor or a descendant has been reported. */
  addUnlessReported(message: string, path: ResponsePath): void {
    this.#index();
    const steps = prefixesOf(path);
    const isExplained = this.#prefixes.has(steps.at(-1) ?? '') || steps.some((each) => this.#paths.has(each));
    if (!isExplained) this.add(message, [...path], { code: 'SUBGRAPH_BAD_RESPONSE' });
  }

  /** Adds the errors of other reports that concern a path; those above it get this path. */
  addConcerning(path: ResponsePath, { errors }: ErrorReport): void {
    for (const { message, path: at = [], extensions } of errors) {
      const shared = Math.min(at.length, path.length);
      if (!path.slice(0, shared).every((step, index) => step === at[index])) continue;
      this.add(message, at.length > path.length ? [...at] : [...path], extensions);
    }
  }

  #index(): void {
    for (; this.#indexed < this.errors.length; this.#indexed++) {
      const path = this.errors[this.#indexed]?.path;
      if (!path) continue;
      const steps = prefixesOf(path);
      this.#paths.add(steps.at(-1) ?? '');
      for (const step of steps) this.#prefixes.add(step);
    }
  }
}

/** Returns a path and all of its prefixes as text, the shortest first. */
function prefixesOf(path: readonly (string | number)[]): string[] {
  let text = '';
  return ['', ...path.map((step) => (text += `/${step}`))];
}
