import type { IncomingHttpHeaders } from 'node:http';
import { policyFrom } from '../caching/cache-policy.ts';

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

/**
 * Every header that crosses the gateway, but for the trace context, which always goes to subgraphs. No other header does
 * unless it is named here; the viewer's identity never travels in a header.
 */
export interface HeaderRules {
  toSubgraphs: readonly ForwardRule[];
  toClient: readonly ReturnRule[];
}

/** Returns the client's headers that go to subgraphs; undefined if there are none. */
export function forwardedHeaders(
  headers: Readonly<Record<string, string | undefined>>,
  { toSubgraphs }: HeaderRules,
): Record<string, string> | undefined {
  const forwarded = toSubgraphs.flatMap(({ header, as = header }) => {
    const value = headers[header.toLowerCase()];
    return value === undefined ? [] : [[as.toLowerCase(), value]];
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

  /** Takes the headers of a subgraph's answer in. */
  add(headers: IncomingHttpHeaders): void {
    for (const { header, merge } of this.#rules) {
      const name = header.toLowerCase();
      const value = name === 'cache-control' ? remainingCacheControl(headers) : headers[name];
      if (value !== undefined) this.#values.set(name, MERGE[merge](this.#values.get(name) ?? [], [value].flat()));
    }
  }

  /**
   * Returns the headers for the client; several values only where the rule is `all`. Not `cache-control`, which can only
   * tighten the gateway's own policy.
   */
  entries(): [name: string, values: string[]][] {
    return [...this.#values].filter(([name]) => name !== 'cache-control');
  }

  /** Returns the subgraphs' `Cache-Control` values, where a rule names that header. */
  cacheControl(): readonly string[] {
    return this.#values.get('cache-control') ?? [];
  }
}

const MERGE: Record<MergeRule, (known: string[], added: string[]) => string[]> = {
  first: (known, added) => (known.length > 0 ? known : added),
  last: (_, added) => added,
  all: (known, added) => [...known, ...added],
  shortest: (known, added) => [shortestLived([...known, ...added])],
};

/** Returns the `Cache-Control` value that keeps an answer the shortest time. */
function shortestLived(values: string[]): string {
  return values.reduce((shortest, value) => (age(value) < age(shortest) ? value : shortest));
}

function age(cacheControl: string): number {
  const { maxAge, scope } = policyFrom(cacheControl);
  return scope === 'PRIVATE' ? -1 : maxAge;
}

/** A subgraph's `Cache-Control`, less the time for which a cache has kept the answer already. */
function remainingCacheControl(headers: IncomingHttpHeaders): string | undefined {
  const value = headers['cache-control'];
  const kept = Number(headers.age);
  if (value === undefined || !(kept > 0)) return value;
  return value.replace(/(max-age|s-maxage)=(\d+)/gi, (_, name, seconds) => `${name}=${Math.max(0, seconds - kept)}`);
}
