import { HEADER_RULES } from '../gateway/http/header-rules.ts';
import { type GatewayRequest, gatewayRequest } from '../gateway/request.ts';

/** Returns a request as the gateway passes it on to its subgraph clients. */
export function requestWith(
  headers: Record<string, string> = {},
  timeLeft = 10_000,
  rules = HEADER_RULES,
): GatewayRequest {
  const http = { method: 'POST', path: '/graphql', search: '', headers, body: '' };
  return gatewayRequest(http, { timeLeft }, rules);
}
