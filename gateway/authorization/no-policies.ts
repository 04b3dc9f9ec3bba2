import type { Policies } from './permissions.ts';

/** The policies of a graph that has no `policies.ts`. */
export const POLICIES: Policies = {};
