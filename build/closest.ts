import { closestMatch } from 'leven';

/** The known word that was most likely meant, if one is near; upper and lower case are the same. */
export function closest(word: string, known: Iterable<string>): string | undefined {
  const byLowerCase = new Map([...known].map((each) => [each.toLowerCase(), each]));
  const maxDistance = Math.max(2, Math.floor(word.length / 3));
  const match = closestMatch(word.toLowerCase(), [...byLowerCase.keys()], { maxDistance });
  return match === undefined ? undefined : byLowerCase.get(match);
}
