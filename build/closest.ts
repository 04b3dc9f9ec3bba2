import { closestMatch } from 'leven';

/** Returns the known word closest to a misspelled one, ignoring case; undefined if none is close. */
export function closest(word: string, known: Iterable<string>): string | undefined {
  const byLowerCase = new Map([...known].map((each) => [each.toLowerCase(), each]));
  const maxDistance = Math.max(2, Math.floor(word.length / 3));
  const match = closestMatch(word.toLowerCase(), [...byLowerCase.keys()], { maxDistance });
  return match === undefined ? undefined : byLowerCase.get(match);
}
