import { badInput } from './bad-input.ts';

/**
 * Throws BAD_USER_INPUT if a string in an operation's variables has a lone surrogate, which JSON allows but UTF-8 and
 * DynamoDB do not. The message names the path, `$input.title`. Literals need no check: the parser rejects them.
 */
export function checkWellFormed(variables: Record<string, unknown> = {}): void {
  // No recursion: clients control the depth of variables.
  const remaining: [value: unknown, path: string][] = Object.entries(variables).map(([name, value]) => [
    value,
    `$${name}`,
  ]);
  for (let next = remaining.pop(); next; next = remaining.pop()) {
    const [value, path] = next;
    if (typeof value === 'string' && !value.isWellFormed()) throw illFormed(path);
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (!key.isWellFormed()) throw illFormed(path);
      remaining.push([inner, `${path}.${key}`]);
    }
  }
}

const MAX_PATH = 200;

function illFormed(path: string) {
  return badInput(`${path.slice(0, MAX_PATH)} must be Unicode text without lone surrogates.`);
}
