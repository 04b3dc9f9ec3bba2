import { functionRef } from '../aws/lambda/function-ref.ts';
import type { WebSocketApiDefinition } from '../http/websocket/definition.ts';
import type { SystemModel } from './model.ts';
import {
  nameInArn,
  type Properties,
  type ResourceContext,
  type ResourceReader,
  reportUnsupported,
} from './resource-reader.ts';

/** Milliseconds, https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html */
const DEFAULT_TIMEOUT = 29_000;

/** Readers for WebSocket APIs. Those of HTTP APIs are reported as unsupported. */
export const WEBSOCKET_READERS: Record<string, ResourceReader> = {
  'AWS::ApiGatewayV2::Api': (properties, model, context) => {
    if (properties.ProtocolType !== 'WEBSOCKET') reportUnsupported(properties, ['ProtocolType'], model, context);
    else if (!isSelector(properties.RouteSelectionExpression))
      reportUnsupported(properties, ['RouteSelectionExpression'], model, context);
  },
  'AWS::ApiGatewayV2::Route': (properties, model, context) => {
    const isOpen = (properties.AuthorizationType ?? 'NONE') === 'NONE';
    const names = ['RouteResponseSelectionExpression', ...(isOpen ? [] : ['AuthorizationType'])];
    reportUnsupported(
      properties,
      [...names, 'ApiKeyRequired', 'RequestParameters'].filter((name) => properties[name]),
      model,
      context,
    );
  },
  'AWS::ApiGatewayV2::Integration': (properties, model, context) => {
    if (properties.IntegrationType !== 'AWS_PROXY') reportUnsupported(properties, ['IntegrationType'], model, context);
    reportUnsupported(properties, ['ContentHandlingStrategy', 'RequestTemplates'], model, context);
  },
  'AWS::ApiGatewayV2::Stage': (properties, model, context) => {
    const id = String(properties.ApiId);
    const api = ofType(context, 'AWS::ApiGatewayV2::Api').get(id);
    if (api?.ProtocolType !== 'WEBSOCKET') return;
    reportUnsupported(properties, ['DefaultRouteSettings', 'RouteSettings', 'AccessLogSettings'], model, context);
    // One port serves one WebSocket API.
    if (model.webSocketApi) return reportUnsupported(properties, ['ApiId'], model, context);
    model.webSocketApi = {
      id,
      stage: String(properties.StageName),
      selector: selectorIn(api.RouteSelectionExpression),
      routes: routesOf(id, model, context),
    };
  },
};

/** Returns the member in an expression such as `$request.body.action`. */
function selectorIn(expression: unknown): string {
  return /^\$\{?request\.body\.([\w.]+)\}?$/.exec(String(expression))?.[1] ?? '';
}

function isSelector(expression: unknown): boolean {
  return selectorIn(expression) !== '';
}

function routesOf(apiId: string, model: SystemModel, context: ResourceContext): WebSocketApiDefinition['routes'] {
  const integrations = ofType(context, 'AWS::ApiGatewayV2::Integration');
  const routes = [...ofType(context, 'AWS::ApiGatewayV2::Route').values()].filter(({ ApiId }) => ApiId === apiId);
  return Object.fromEntries(
    routes.flatMap(({ RouteKey, Target }) => {
      const integration = integrations.get(nameInArn(Target));
      const [, arn] = /\/functions\/(arn:[^/]+)\/invocations$/.exec(String(integration?.IntegrationUri)) ?? [];
      if (!integration || !arn) {
        reportUnsupported({ IntegrationUri: true }, ['IntegrationUri'], model, context);
        return [];
      }
      const { name: functionName, qualifier = '$LATEST' } = functionRef(arn);
      const timeout = Number(integration.TimeoutInMillis ?? DEFAULT_TIMEOUT);
      return [[String(RouteKey), { arn, functionName, qualifier, timeout }]];
    }),
  );
}

/** Returns the resolved properties of the stack's resources of a type, by logical id. */
function ofType({ resolver }: ResourceContext, type: string): Map<string, Properties> {
  return new Map(
    resolver
      .resources()
      .filter(([, { Type }]) => Type === type)
      .map(([id, resource]) => [id, resolver.properties(resource)]),
  );
}
