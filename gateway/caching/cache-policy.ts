/** Cache lifetime of a response. */
export interface CachePolicy {
  /** Seconds. */
  maxAge: number;
  /** `PUBLIC`: shared caches may store it, such as a CDN. `PRIVATE`: only the viewer's own cache. */
  scope: 'PUBLIC' | 'PRIVATE';
}

export const NOT_CACHED: CachePolicy = { maxAge: 0, scope: 'PRIVATE' };

/** Returns the `Cache-Control` header of a policy. */
export function cacheControl({ maxAge, scope }: CachePolicy): string {
  return maxAge === 0 ? 'no-store' : `max-age=${maxAge}, ${scope.toLowerCase()}`;
}

/** Parses a `Cache-Control` header, https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2; without an age, the response is not cached. */
export function policyFrom(header: string): CachePolicy {
  const ages = [...header.matchAll(/\b(?:max-age|s-maxage)="?(\d+)/gi)].map(([, seconds]) => Number(seconds));
  const isCacheable = ages.length > 0 && !/\bno-(store|cache)\b/i.test(header);
  return { maxAge: isCacheable ? Math.min(...ages) : 0, scope: /\bprivate\b/i.test(header) ? 'PRIVATE' : 'PUBLIC' };
}

/** Returns the shortest age and the strictest scope of several policies. */
export function strictest(policies: readonly CachePolicy[]): CachePolicy {
  const isPrivate = policies.some(({ scope }) => scope === 'PRIVATE');
  return { maxAge: Math.min(...policies.map(({ maxAge }) => maxAge)), scope: isPrivate ? 'PRIVATE' : 'PUBLIC' };
}
