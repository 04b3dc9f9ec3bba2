import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import http from '@graphql-mesh/transport-http';
import supergraph from 'supergraph.graphql';

/** Hive Gateway in a Lambda, https://the-guild.dev/graphql/hive/docs/gateway/deployment/serverless/aws-lambda */
const gateway = createGatewayRuntime({ supergraph, transports: { http } });

export async function handler(event, lambdaContext) {
  const { method, path } = event.requestContext.http;
  const url = `http://localhost${path}?${event.rawQueryString}`;
  const body = event.body && Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8');
  const response = await gateway.fetch(url, { method, headers: event.headers, body }, { event, lambdaContext });
  return {
    statusCode: response.status,
    headers: Object.fromEntries(response.headers.entries()),
    body: await response.text(),
    isBase64Encoded: false,
  };
}
