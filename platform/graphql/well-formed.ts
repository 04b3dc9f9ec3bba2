import { badInput } from './bad-input.ts';

/**
 * Throws BAD_USER_INPUT if a text among an operation's variables has half of a surrogate pair: JSON can carry it, and
 * neither UTF-8 nor a table can. The message names the place: `$input.title`. Literals need no check: the parser refuses them.
 */
export function checkWellFormed(variables: Record<string, unknown> = {}): void {
  // No recursion: a client chooses how deep variables are.
  const left: [value: unknown, place: string][] = Object.entries(variables).map(([name, value]) => [value, `$${name}`]);
  for (let next = left.pop(); next; next = left.pop()) {
    const [value, place] = next;
    if (typeof value === 'string' && !value.isWellFormed()) throw illFormed(place);
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (!key.isWellFormed()) throw illFormed(place);
      left.push([inner, `${place}.${key}`]);
    }
  }
}

const MAX_PLACE = 200;

function illFormed(place: string) {
  return badInput(`${place.slice(0, MAX_PLACE)} must be Unicode text: it has half of a surrogate pair.`);
}
