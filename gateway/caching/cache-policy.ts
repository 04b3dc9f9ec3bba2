/** Cache lifetime of a response. */
export interface CachePolicy {
  /** Seconds. */
  maxAge: number;
  /** `PRIVATE`: only the viewer's own client may store it. */
  scope: 'PUBLIC' | 'PRIVATE';
}

export const NOT_CACHED: CachePolicy = { maxAge: 0, scope: 'PRIVATE' };

/** Returns the `Cache-Control` header of a policy. */
export function cacheControl({ maxAge, scope }: CachePolicy): string {
  return maxAge === 0 ? 'no-store' : `max-age=${maxAge}, ${scope.toLowerCase()}`;
}

/** Parses a `Cache-Control` header, https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2; without an age it means no caching. */
export function policyFrom(header: string): CachePolicy {
  const ages = [...header.matchAll(/\b(?:max-age|s-maxage)="?(\d+)/gi)].map(([, seconds]) => Number(seconds));
  const isCacheable = ages.length > 0 && !/\bno-(store|cache)\b/i.test(header);
  return { maxAge: isCacheable ? Math.min(...ages) : 0, scope: /\bprivate\b/i.test(header) ? 'PRIVATE' : 'PUBLIC' };
}

/** Combines policies: the shortest age, and private if any is. */
export function strictest(policies: readonly CachePolicy[]): CachePolicy {
  const isPrivate = policies.some(({ scope }) => scope === 'PRIVATE');
  return { maxAge: Math.min(...policies.map(({ maxAge }) => maxAge)), scope: isPrivate ? 'PRIVATE' : 'PUBLIC' };
}
