import type { IncomingHttpHeaders } from 'node:http';

/** A client's header that subgraphs get. */
export interface ForwardRule {
  header: string;
  /** The name that subgraphs know it by, where it is another. */
  as?: string;
}

/** How several subgraphs' values of one header become the client's. */
export type MergeRule = 'first' | 'last' | 'all' | 'shortest';

/** A header of subgraphs that the client gets. */
export interface ReturnRule {
  header: string;
  merge: MergeRule;
}

export interface HeaderRules {
  toSubgraphs: readonly ForwardRule[];
  toClient: readonly ReturnRule[];
}

/**
 * Every header that crosses the gateway, but for the trace context, which always goes to subgraphs. Nothing else does
 * unless it is named here; who the viewer is never travels in a header.
 */
export const HEADER_RULES: HeaderRules = {
  toSubgraphs: [],
  toClient: [],
};

/** The client's headers that go to subgraphs; nothing if there are none. */
export function forwardedHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  { toSubgraphs }: HeaderRules,
): Record<string, string> | undefined {
  const forwarded = toSubgraphs.flatMap(({ header, as = header }) => {
    const value = headers[header.toLowerCase()];
    return value === undefined ? [] : [[as.toLowerCase(), String(value)]];
  });
  return forwarded.length > 0 ? Object.fromEntries(forwarded) : undefined;
}

/** Headers of the subgraphs that a request has called, merged for its client. */
export class ReturnedHeaders {
  readonly #rules: readonly ReturnRule[];
  readonly #values = new Map<string, string[]>();

  constructor({ toClient }: HeaderRules) {
    this.#rules = toClient;
  }

  /** Takes a subgraph's headers in. */
  add(headers: IncomingHttpHeaders): void {
    for (const { header, merge } of this.#rules) {
      const name = header.toLowerCase();
      const value = headers[name];
      if (value !== undefined) this.#values.set(name, MERGE[merge](this.#values.get(name) ?? [], [value].flat()));
    }
  }

  /** The headers for the client; several values only where the rule is `all`. */
  entries(): [name: string, values: string[]][] {
    return [...this.#values];
  }
}

const MERGE: Record<MergeRule, (known: string[], added: string[]) => string[]> = {
  first: (known, added) => (known.length > 0 ? known : added),
  last: (_, added) => added,
  all: (known, added) => [...known, ...added],
  shortest: (known, added) => [shortestLived([...known, ...added])],
};

/** Of `Cache-Control` values, the one that lets the answer be kept the shortest; one that names no age is not kept. */
function shortestLived(values: string[]): string {
  const age = (value: string) =>
    /no-store|no-cache|private/.test(value) ? -1 : Number(/max-age=(\d+)/.exec(value)?.[1] ?? 0);
  return values.reduce((shortest, value) => (age(value) < age(shortest) ? value : shortest));
}
