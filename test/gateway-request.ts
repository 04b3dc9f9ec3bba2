import { HEADER_RULES } from '../gateway/defaults/header-rules.ts';
import { type GatewayRequest, gatewayRequest, TIME_TO_ANSWER } from '../gateway/request.ts';

/** Returns a request as subgraph clients of the gateway get it, with `timeLeft` milliseconds until its deadline. */
export function requestWith(
  headers: Record<string, string> = {},
  timeLeft = 10_000,
  rules = HEADER_RULES,
): GatewayRequest {
  const http = { method: 'POST', path: '/graphql', search: '', headers, body: '' };
  return gatewayRequest(http, { timeLeft: timeLeft + TIME_TO_ANSWER }, rules);
}
