/** How long an answer may be kept, in seconds, and by whom: `PRIVATE`, by the viewer's own client alone. */
export interface CachePolicy {
  maxAge: number;
  scope: 'PUBLIC' | 'PRIVATE';
}

export const NOT_CACHED: CachePolicy = { maxAge: 0, scope: 'PRIVATE' };

/** Returns the `Cache-Control` header of a policy. */
export function cacheControl({ maxAge, scope }: CachePolicy): string {
  return maxAge === 0 ? 'no-store' : `max-age=${maxAge}, ${scope.toLowerCase()}`;
}

/** Reads a `Cache-Control` header, https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2; without an age nothing is kept. */
export function policyFrom(header: string): CachePolicy {
  const ages = [...header.matchAll(/\b(?:max-age|s-maxage)="?(\d+)/gi)].map(([, seconds]) => Number(seconds));
  const isKept = ages.length > 0 && !/\bno-(store|cache)\b/i.test(header);
  return { maxAge: isKept ? Math.min(...ages) : 0, scope: /\bprivate\b/i.test(header) ? 'PRIVATE' : 'PUBLIC' };
}

/** Returns the policy that all of these allow. */
export function strictest(policies: readonly CachePolicy[]): CachePolicy {
  const isPrivate = policies.some(({ scope }) => scope === 'PRIVATE');
  return { maxAge: Math.min(...policies.map(({ maxAge }) => maxAge)), scope: isPrivate ? 'PRIVATE' : 'PUBLIC' };
}
