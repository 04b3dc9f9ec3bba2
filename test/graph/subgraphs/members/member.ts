import type { Viewer } from '#platform/graphql/viewer.ts';

/** Member of the library. */
export interface Member {
  /** The subject of the member's tokens. */
  id: string;
  name: string;
  email: string;
}

/** Returns the member for a new viewer. */
export function join({ id, name, email }: Viewer): Member {
  return { id, name: name?.trim() || 'New member', email: email ?? '' };
}

/** Whether a name has 1 to 100 characters. */
export function isValidName(name: string): boolean {
  return name.trim().length > 0 && name.length <= 100;
}
