import type { HeaderRules } from '../http/header-rules.ts';

/**
 * The header rules of a graph whose folder has no `header-rules.ts`: only the trace context crosses the gateway, which always
 * goes to subgraphs.
 */
export const HEADER_RULES: HeaderRules = { toSubgraphs: [], toClient: [] };
