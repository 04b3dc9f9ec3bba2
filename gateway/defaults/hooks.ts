import type { GatewayHooks } from '../hooks/hooks.ts';

/** Hooks of a graph without `hooks.ts`. */
export const HOOKS: GatewayHooks = {};
