import type { IncomingHttpHeaders } from 'node:http';
import { policyFrom } from '../caching/cache-policy.ts';

/** A client header forwarded to subgraphs. */
export interface ForwardRule {
  header: string;
  /** Name in subgraph requests, if it differs. */
  as?: string;
}

/** How values of several subgraphs are merged. */
export type MergeRule = 'first' | 'last' | 'all' | 'shortest';

/** A subgraph header returned to the client. */
export interface ReturnRule {
  header: string;
  merge: MergeRule;
}

/**
 * Allow lists of headers that cross the gateway. The trace context is always forwarded; the viewer's identity is never sent
 * in a header.
 */
export interface HeaderRules {
  toSubgraphs: readonly ForwardRule[];
  toClient: readonly ReturnRule[];
}

/** Returns the client headers for subgraphs; undefined if there are none. */
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

/** Subgraph headers of one request, merged for the client. */
export class ReturnedHeaders {
  readonly #rules: readonly ReturnRule[];
  readonly #values = new Map<string, string[]>();

  constructor({ toClient }: HeaderRules) {
    this.#rules = toClient;
  }

  /** Adds the headers of a subgraph response. */
  add(headers: IncomingHttpHeaders): void {
    for (const { header, merge } of this.#rules) {
      const name = header.toLowerCase();
      const value = name === 'cache-control' ? remainingCacheControl(headers) : headers[name];
      if (value !== undefined) this.#values.set(name, MERGE[merge](this.#values.get(name) ?? [], [value].flat()));
    }
  }

  /**
   * Returns the headers for the client, with several values only for the rule `all`. Excludes `cache-control`, which can
   * only tighten the gateway's own policy.
   */
  entries(): [name: string, values: string[]][] {
    return [...this.#values].filter(([name]) => name !== 'cache-control');
  }

  /** Returns the subgraphs' `Cache-Control` values, if a rule names that header. */
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

/** Returns the `Cache-Control` value with the shortest lifetime. */
function shortestLived(values: string[]): string {
  return values.reduce((shortest, value) => (age(value) < age(shortest) ? value : shortest));
}

function age(cacheControl: string): number {
  const { maxAge, scope } = policyFrom(cacheControl);
  return scope === 'PRIVATE' ? -1 : maxAge;
}

/** Returns a subgraph's `Cache-Control` with its ages reduced by the `Age` header. */
function remainingCacheControl(headers: IncomingHttpHeaders): string | undefined {
  const value = headers['cache-control'];
  const elapsed = Number(headers.age);
  if (value === undefined || !(elapsed > 0)) return value;
  return value.replace(/(max-age|s-maxage)=(\d+)/gi, (_, name, seconds) => `${name}=${Math.max(0, seconds - elapsed)}`);
}
