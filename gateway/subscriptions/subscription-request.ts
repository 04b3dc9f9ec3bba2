import type { SubscriptionStep } from '#platform/graphql/envelope.ts';
import type { Viewer } from '#platform/graphql/viewer.ts';
import { startSubscription } from '../engine/run/start-subscription.ts';
import type { GraphQLParameters } from '../http/graphql-parameters.ts';
import type { HeaderRules } from '../http/header-rules.ts';
import { type GatewayRequest, gatewayRequest } from '../request.ts';
import type { ClientFacts } from './items.ts';

/** One step of a subscription, for the gateway's pipeline. */
export interface StepRequest {
  step: SubscriptionStep;
  parameters: GraphQLParameters;
  viewer: Viewer | undefined;
  client: ClientFacts;
  requestId: string;
  traceparent?: string | undefined;
  /** Milliseconds until the function's own timeout. */
  timeLeft: number;
  ip?: string | undefined;
}

/** Headers of the handshake that usage reports need. */
const CLIENT_HEADERS = ['apollographql-client-name', 'apollographql-client-version'];

/** Creates the pipeline's request for a step. */
export function stepRequest(given: StepRequest, rules: HeaderRules): GatewayRequest {
  const { step, parameters, viewer, client, requestId, traceparent, timeLeft, ip } = given;
  const headers = { ...client.headers, ...(traceparent && { traceparent }) };
  const http = { method: METHODS[step.kind], path: pathOf(client), search: '', headers, body: '', ip };
  const request = gatewayRequest(http, { requestId, timeLeft }, rules);
  const execute = step.kind === 'start' && { execute: startSubscription };
  return Object.assign(request, { subscription: step, parameters, ...execute, ...(viewer && { viewer }) });
}

/** What the access log shows in place of an HTTP method. */
const METHODS = { start: 'SUBSCRIBE', event: 'EVENT' };

/** Returns the path of a client's graph: its contract's, or the whole graph's. */
export function pathOf({ contract }: ClientFacts): string {
  return contract === undefined ? '/graphql' : `/graphql/${contract}`;
}

/** Keeps those headers of a handshake that later steps need. */
export function keptHeaders(headers: Readonly<Record<string, string | undefined>>, rules: HeaderRules) {
  const names = [...CLIENT_HEADERS, ...rules.toSubgraphs.map(({ header }) => header.toLowerCase())];
  const kept = names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]]));
  return Object.fromEntries(kept) as Record<string, string>;
}
