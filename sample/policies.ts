import type { Policies } from '../gateway/authorization/permissions.ts';

/** Policies named by `@policy` in the subgraphs' schemas. An unknown policy denies access. */
export const POLICIES: Policies = {
  /** Belongs to the identity provider's group of hosts. */
  host: (viewer) => viewer?.groups.includes('host') ?? false,
};
