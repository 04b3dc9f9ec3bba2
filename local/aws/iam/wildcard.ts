const compiled = new Map<string, RegExp>();

/** Whether a text is what a pattern of a policy stands for: `*` stands for any characters, `?` for one. */
export function matchesWildcard(pattern: string, text: string, { ignoreCase = false } = {}): boolean {
  const key = `${ignoreCase} ${pattern}`;
  const known = compiled.get(key);
  if (known) return known.test(text);
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/[*?]/g, (each) => (each === '*' ? '.*' : '.'));
  const made = new RegExp(`^${escaped}$`, ignoreCase ? 'si' : 's');
  compiled.set(key, made);
  return made.test(text);
}
