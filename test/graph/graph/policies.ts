import type { Policies } from '../../../gateway/authorization/permissions.ts';

/** What the names in `@policy` of the subgraphs' schemas mean. A name that is not here is met by nobody. */
export const POLICIES: Policies = {
  /** Belongs to the identity provider's group of librarians. */
  librarian: (viewer) => viewer?.groups.includes('librarian') ?? false,
};
