/** How long an answer may be kept, in seconds, and by whom: `PRIVATE`, by the viewer's own client alone. */
export interface CachePolicy {
  maxAge: number;
  scope: 'PUBLIC' | 'PRIVATE';
}

/** The `Cache-Control` header of an answer; one with errors is kept by nobody. */
export function cacheControl({ maxAge, scope }: CachePolicy, hasErrors: boolean): string {
  return hasErrors || maxAge === 0 ? 'no-store' : `max-age=${maxAge}, ${scope.toLowerCase()}`;
}
