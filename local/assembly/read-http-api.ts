import { functionRef } from '../lambda/function-ref.ts';
import type { ResourceReader } from './resource-reader.ts';

/** The HTTP API, and who its users are. */
export const HTTP_API_READERS: Record<string, ResourceReader> = {
  'AWS::ApiGatewayV2::Api': ({ CorsConfiguration }, model) => {
    const cors = CorsConfiguration as Record<string, string[] | number> | undefined;
    if (!cors) return;
    model.cors = {
      allowOrigins: (cors.AllowOrigins as string[]) ?? [],
      allowMethods: (cors.AllowMethods as string[]) ?? [],
      allowHeaders: (cors.AllowHeaders as string[]) ?? [],
      maxAge: Number(cors.MaxAge ?? 0),
    };
  },
  'AWS::ApiGatewayV2::Route': ({ RouteKey, Target }, model, { stack, resolver }) => {
    const [method = 'ANY', path = '$default'] = String(RouteKey).split(' ');
    const integration = stack.template.Resources[String(Target).replace('integrations/', '')];
    const { IntegrationUri } = resolver.properties(integration ?? { Type: '' });
    const [target = ''] = /arn:[^:]+:lambda:[^/]+/.exec(String(IntegrationUri)) ?? [];
    const { name, qualifier = '$LATEST' } = functionRef(target);
    if (!name) throw new Error(`Stack ${stack.name}: the route "${RouteKey}" does not lead to a function.`);
    model.routes.push({ method, path, functionName: name, qualifier });
  },
  'AWS::Cognito::UserPoolClient': (_, model, { logicalId }) => {
    model.audience = logicalId;
  },
};
