import { POLICIES } from 'graph:policies.ts';
import supergraphSdl from 'graph:supergraph.graphql';
import { startServerAndCreateLambdaHandler } from '@as-integrations/aws-lambda';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context as LambdaContext } from 'aws-lambda';
import { httpEvents } from '#platform/http-events.ts';
import { log } from '#platform/log.ts';
import type { Viewer } from '#platform/viewer.ts';
import { gatewayContext } from './context.ts';
import type { Limits } from './limits/limits.ts';
import { RequestLimits } from './limits/request-limits.ts';
import type { OperationStore } from './prepared/operation-store.ts';
import type { PreparedOperations } from './prepared/prepared-operation.ts';
import { RegisteredRequests } from './prepared/registered-requests.ts';
import { queryStore } from './query-store.ts';
import type { SafelistMode } from './safelist.ts';
import { gatewayServer } from './server.ts';
import type { Transport } from './transports/transport.ts';

export interface FullGatewayOptions {
  /** SDL; the whole graph if it is left out. */
  supergraph?: string;
  operations: OperationStore;
  transportFor: (address: string) => Transport;
  verify: (authorization: string | undefined) => Promise<Viewer | undefined>;
  limits: Limits;
  introspection: boolean;
  safelist: SafelistMode;
  /** The table of operations that clients have stored by their hash; without it none are. */
  queryTable: string | undefined;
}

export interface FullGateway {
  answer: (event: APIGatewayProxyEventV2, context: LambdaContext) => Promise<APIGatewayProxyStructuredResultV2>;
  /** Operations that it has run, if they may be run again without it. */
  prepared: PreparedOperations | undefined;
}

/** The gateway that answers everything: Apollo Server over the engine, with its planner and the whole schema. */
export function fullGateway({
  operations,
  transportFor,
  verify,
  limits,
  introspection,
  ...options
}: FullGatewayOptions): FullGateway {
  const registered = new RegisteredRequests(operations, options.safelist, log);
  const requestLimits = new RequestLimits(limits);
  const queries = options.safelist !== 'only' && options.queryTable ? queryStore(options.queryTable, log) : undefined;
  const { server, prepared } = gatewayServer({
    supergraphSdl: options.supergraph ?? supergraphSdl,
    transportFor,
    introspection,
    guard: { limits, policies: POLICIES },
    ...(queries && { persistedQueries: queries }),
  });
  const events = httpEvents({
    checkBody: (bytes) => requestLimits.checkBody(bytes),
    read: (request) => {
      const withText = registered.withText(request);
      // What is registered was looked at then: it is the same here and where it is run as prepared.
      if (withText === request) requestLimits.checkRequest(request);
      return withText;
    },
  });
  const answer = startServerAndCreateLambdaHandler(server, events, {
    context: ({ event, context }) => gatewayContext(event, context, verify),
  });
  return {
    // An operation that is not registered is to be logged each time.
    prepared: options.safelist === 'off' ? prepared : undefined,
    answer: async (event, context) => {
      const result = await answer(event, context, () => undefined);
      await queries?.written();
      return result as APIGatewayProxyStructuredResultV2;
    },
  };
}
