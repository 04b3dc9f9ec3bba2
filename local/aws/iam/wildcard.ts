const compiled = new Map<string, RegExp>();

/** Returns whether a text matches a policy's pattern: `*` matches any characters, `?` matches one. */
export function matchesWildcard(pattern: string, text: string, { ignoreCase = false } = {}): boolean {
  const key = `${ignoreCase} ${pattern}`;
  const cached = compiled.get(key);
  if (cached) return cached.test(text);
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/[*?]/g, (each) => (each === '*' ? '.*' : '.'));
  const regExp = new RegExp(`^${escaped}$`, ignoreCase ? 'si' : 's');
  compiled.set(key, regExp);
  return regExp.test(text);
}
