import type { HttpRequest } from '../http/http-message.ts';

/** Request for a query plan, by a header of Apollo's tools. */
export interface PlanRequest {
  /**
   * Extension in which the client reads the plan: Apollo Gateway's `__queryPlanExperimental`, as text or as nodes, or Apollo
   * Router's `apolloQueryPlan`.
   */
  form: 'gatewayText' | 'gatewayNodes' | 'router';
  /** Whether the operation is only planned. */
  isDryRun: boolean;
}

/** https://github.com/apollographql/federation/blob/main/gateway-js/src/index.ts */
const GATEWAY = 'apollo-query-plan-experimental';
/** https://github.com/apollographql/router/blob/dev/apollo-router/src/plugins/expose_query_plan.rs */
const ROUTER = 'apollo-expose-query-plan';
const ROUTER_VALUES: readonly (string | undefined)[] = ['true', 'dry-run'];

/** Returns the query plan that a client requests; Apollo Gateway's if it names both. */
export function planRequest({ headers }: HttpRequest): PlanRequest | undefined {
  const isDryRun = headers[ROUTER] === 'dry-run';
  if (headers[GATEWAY])
    return { form: headers[`${GATEWAY}-format`] === 'internal' ? 'gatewayNodes' : 'gatewayText', isDryRun };
  return ROUTER_VALUES.includes(headers[ROUTER]) ? { form: 'router', isDryRun } : undefined;
}
