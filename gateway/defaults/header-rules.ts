import type { HeaderRules } from '../http/header-rules.ts';

/**
 * Header rules of a graph without `header-rules.ts`: nothing is forwarded except the trace context, which subgraphs always
 * receive.
 */
export const HEADER_RULES: HeaderRules = { toSubgraphs: [], toClient: [] };
