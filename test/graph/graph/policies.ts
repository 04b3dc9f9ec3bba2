import type { Policies } from '../../../gateway/authorization/permissions.ts';

/** Policies by their names in `@policy`. An unknown name never grants access. */
export const POLICIES: Policies = {
  /** Members of the identity provider's group `librarian`. */
  librarian: (viewer) => viewer?.groups.includes('librarian') ?? false,
};
