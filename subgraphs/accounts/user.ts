import { type TextRule, textProblem } from '#platform/graphql/text.ts';
import type { Viewer } from '#platform/graphql/viewer.ts';

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
  /** Whether the account was made for what the user did elsewhere; the first token of theirs seen here brings name and e-mail. */
  isProvisional?: true;
}

/** The first rule that a profile breaks. */
export interface BrokenRule {
  field: string;
  message: string;
}

const UNNAMED = 'New user';
const NAME: TextRule = { label: 'A name', minLength: 1, maxLength: 100 };
const ABOUT: TextRule = { label: 'What you say of yourself', maxLength: 2_000, isMultiline: true };

/** The account of a viewer seen for the first time. Hosts are those in the identity provider's group `host`. */
export function signUp({ id, name, email, groups }: Viewer, now: Date): User {
  return {
    id,
    role: groups.includes('host') ? 'HOST' : 'GUEST',
    name: name && !textProblem(name, NAME) ? name.trim() : UNNAMED,
    email: email ?? '',
    memberSince: now.toISOString(),
  };
}

/**
 * The account of someone whom another service tells of before any token of theirs has come here. Events carry ids and no
 * personal data, so that it has neither name nor e-mail yet.
 */
export function provisional(id: string, role: Role, time: string): User {
  return { id, role, name: UNNAMED, email: '', memberSince: time, isProvisional: true };
}

/** A provisional account with what the user's token says. Role and date stay: they are fixed at sign-up. */
export function complete({ isProvisional: _, ...user }: User, { name, email }: User): User {
  return { ...user, name, email };
}

/** The rule that a profile breaks, if any. */
export function brokenRule({ name, about = '' }: Pick<User, 'name' | 'about'>): BrokenRule | undefined {
  const inName = textProblem(name, NAME);
  if (inName) return { field: 'name', message: inName };
  const inAbout = textProblem(about, ABOUT);
  return inAbout ? { field: 'about', message: inAbout } : undefined;
}
