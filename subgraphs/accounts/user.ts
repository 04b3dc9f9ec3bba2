import type { Viewer } from '#platform/viewer.ts';

export type Role = 'HOST' | 'GUEST';

/** Someone with an account, as this service keeps them. */
export interface User {
  /** The subject of the user's tokens. */
  id: string;
  role: Role;
  name: string;
  email: string;
  about?: string;
  photo?: string;
  /** RFC 3339, UTC. */
  memberSince: string;
}

/** The first rule that a profile breaks. */
export interface BrokenRule {
  field: string;
  message: string;
}

/** The account of a viewer seen for the first time. Hosts are those in the identity provider's group `host`. */
export function signUp({ id, name, email, groups }: Viewer, now: Date): User {
  return {
    id,
    role: groups.includes('host') ? 'HOST' : 'GUEST',
    name: name?.trim() || 'New user',
    email: email ?? '',
    memberSince: now.toISOString(),
  };
}

/** The rule that a profile breaks, if any. */
export function brokenRule({ name, about = '' }: Pick<User, 'name' | 'about'>): BrokenRule | undefined {
  if (name.trim().length < 1 || name.length > 100) return { field: 'name', message: 'A name has 1 to 100 characters.' };
  if (about.length > 2_000)
    return { field: 'about', message: 'What you say of yourself has at most 2,000 characters.' };
  return undefined;
}
