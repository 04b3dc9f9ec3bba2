import type { Policies } from '../authorization/permissions.ts';

/** Policies of a graph without `policies.ts`. */
export const POLICIES: Policies = {};
