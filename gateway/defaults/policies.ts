import type { Policies } from '../authorization/permissions.ts';

/** The policies of a graph whose folder has no `policies.ts`. */
export const POLICIES: Policies = {};
