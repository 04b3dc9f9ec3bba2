import { type TextRule, textProblem } from '#platform/graphql/text.ts';
import type { Viewer } from '#platform/graphql/viewer.ts';

export type Role = 'HOST' | 'GUEST';

/** A user account. */
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
  /** Whether the account was created from an event. The user's first token then adds name and email. */
  isProvisional?: true;
}

/** A validation error of a profile. */
export interface ValidationError {
  field: string;
  message: string;
}

const UNNAMED = 'New user';
const NAME: TextRule = { label: 'A name', minLength: 1, maxLength: 100 };
const ABOUT: TextRule = { label: 'The description', maxLength: 2_000, isMultiline: true };

/** Creates the account of a new viewer: a host if in the identity provider's group `host`, else a guest. */
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
 * Creates an account for a user known from another service's events only. Events carry no personal data, so it has neither
 * name nor email.
 */
export function provisionalUser(id: string, role: Role, time: string): User {
  return { id, role, name: UNNAMED, email: '', memberSince: time, isProvisional: true };
}

/** Completes a provisional account with the name and email of the user's token. Role and date are fixed at sign-up. */
export function completeUser({ isProvisional: _, ...user }: User, { name, email }: User): User {
  return { ...user, name, email };
}

/** Returns the first validation error of a profile, if any. */
export function validationError({ name, about = '' }: Pick<User, 'name' | 'about'>): ValidationError | undefined {
  const nameProblem = textProblem(name, NAME);
  if (nameProblem) return { field: 'name', message: nameProblem };
  const aboutProblem = textProblem(about, ABOUT);
  return aboutProblem ? { field: 'about', message: aboutProblem } : undefined;
}
