import { brokenTextRule, type TextRule } from '#platform/text.ts';
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

const NAME: TextRule = { what: 'A name', least: 1, most: 100 };
const ABOUT: TextRule = { what: 'What you say of yourself', most: 2_000, isMultiline: true };

/** The account of a viewer seen for the first time. Hosts are those in the identity provider's group `host`. */
export function signUp({ id, name, email, groups }: Viewer, now: Date): User {
  return {
    id,
    role: groups.includes('host') ? 'HOST' : 'GUEST',
    name: name && !brokenTextRule(name, NAME) ? name.trim() : 'New user',
    email: email ?? '',
    memberSince: now.toISOString(),
  };
}

/** The rule that a profile breaks, if any. */
export function brokenRule({ name, about = '' }: Pick<User, 'name' | 'about'>): BrokenRule | undefined {
  const inName = brokenTextRule(name, NAME);
  if (inName) return { field: 'name', message: inName };
  const inAbout = brokenTextRule(about, ABOUT);
  return inAbout ? { field: 'about', message: inAbout } : undefined;
}
