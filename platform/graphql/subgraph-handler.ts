import type { APIGatewayProxyEventV2, Context as LambdaContext } from 'aws-lambda';
import { GraphQLError } from 'graphql';
import { optionalEnv } from '../env.ts';
import { loadOnce } from '../load-once.ts';
import { monotonicNow } from '../monotonic-clock.ts';
import { coldStartTimer } from '../telemetry/cold-start.ts';
import { log, requestLog } from '../telemetry/log.ts';
import { coldStart, measure } from '../telemetry/metrics.ts';
import { span } from '../telemetry/span.ts';
import { runInTrace } from '../telemetry/trace.ts';
import { isPing, isSubgraphRequest, type Ping, type SubgraphRequest, type SubgraphResponse } from './envelope.ts';
import { limitHttpSize, limitSize } from './response-size.ts';
import type { RequestContext, Subgraph } from './subgraph.ts';
import { subgraphExecutor, subgraphSchema } from './subgraph-executor.ts';
import type { Viewer } from './viewer.ts';

/**
 * Returns a subgraph's Lambda handler. It accepts the gateway's envelope, and API Gateway events so that an explorer, curl or
 * rover can query one subgraph; those have no viewer.
 */
export function subgraphHandler<Context extends RequestContext>(subgraph: Subgraph<Context>) {
  const schema = subgraphSchema(subgraph);
  const showsSchema = optionalEnv('INTROSPECTION') !== 'off';
  const run = subgraphExecutor(schema, log, { showsSchema });
  const contextOf = (requestId: string, viewer: Viewer | undefined) =>
    subgraph.context({ viewer, requestId, log: requestLog(requestId) });
  // Apollo Server is only loaded for HTTP requests and for traces.
  const http = loadOnce(async () => {
    const { subgraphHttp } = await import('./subgraph-http.ts');
    return subgraphHttp({ schema, showsSchema }, (requestId) => contextOf(requestId, undefined));
  });

  const coldStartTime = coldStartTimer();

  async function answerGateway(request: SubgraphRequest): Promise<SubgraphResponse> {
    if (request.deadline <= Date.now()) return tooLate();
    const began = monotonicNow();
    const { requestId, traceparent, operationName, viewer } = request;
    const respond = request.wantsTrace && !request.subscription ? (await http()).traced : run;
    const attributes = () => ({ 'graphql.operation.name': operationName });
    const unlimited = await span('graphql operation', { kind: 'SERVER', traceparent, attributes }, (spanTraceparent) =>
      runInTrace(spanTraceparent, () => respond(request, contextOf(requestId, viewer))),
    );
    const response = limitSize(unlimited, request, schema);
    measure('answered', {
      counts: { Requests: 1, Errors: response.errors?.length ?? 0, ColdStarts: coldStart() },
      milliseconds: { Latency: Math.round(monotonicNow() - began) },
      properties: { requestId, traceparent, operationName },
    });
    return response;
  }

  return async (event: SubgraphRequest | Ping | APIGatewayProxyEventV2, lambda: LambdaContext) => {
    const init = coldStartTime();
    if (isPing(event)) return {};
    if (!isSubgraphRequest(event)) return limitHttpSize(await (await http()).answer(event, lambda));
    if (!event.explain) return answerGateway(event);
    const { explainedResponse } = await import('./explained-response.ts');
    return explainedResponse(init, () => answerGateway(event));
  };
}

function tooLate(): SubgraphResponse {
  const error = new GraphQLError('The deadline had passed when the request arrived.', {
    extensions: { code: 'SUBGRAPH_TIMEOUT' },
  });
  return { errors: [error.toJSON()] };
}
