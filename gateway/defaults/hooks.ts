import type { GatewayHooks } from '../hooks/hooks.ts';

/** The hooks of a graph whose folder has no `hooks.ts`. */
export const HOOKS: GatewayHooks = {};
