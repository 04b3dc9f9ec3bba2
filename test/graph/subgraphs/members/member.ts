import type { Viewer } from '#platform/graphql/viewer.ts';

/** A member, as this service keeps them. */
export interface Member {
  /** The subject of the member's tokens. */
  id: string;
  name: string;
  email: string;
}

/** Returns the member that a viewer becomes who was never seen before. */
export function join({ id, name, email }: Viewer): Member {
  return { id, name: name?.trim() || 'New member', email: email ?? '' };
}

/** Whether a member may have this name. */
export function isName(name: string): boolean {
  return name.trim().length > 0 && name.length <= 100;
}
