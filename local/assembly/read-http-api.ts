import { functionRef } from '../aws/lambda/function-ref.ts';
import type { Cors } from '../http/cors.ts';
import type { ResourceReader } from './resource-reader.ts';

/** Readers for the HTTP API and the user pool client. */
export const HTTP_API_READERS: Record<string, ResourceReader> = {
  'AWS::ApiGatewayV2::Api': ({ CorsConfiguration }, model) => {
    if (CorsConfiguration) model.cors = corsFrom(CorsConfiguration as CorsProperties);
  },
  'AWS::ApiGatewayV2::Route': ({ RouteKey, Target }, model, { stack, resolver }) => {
    const [method = '', path = ''] = String(RouteKey)
      .replace(/^\$default$/, 'ANY $default')
      .split(' ');
    const integration = stack.template.Resources[String(Target).replace('integrations/', '')];
    const { IntegrationUri, TimeoutInMillis } = resolver.properties(integration ?? { Type: '' });
    const [target = ''] = /arn:[^:]+:lambda:[^/]+/.exec(String(IntegrationUri)) ?? [];
    const { name, qualifier = '$LATEST' } = functionRef(target);
    if (!name) throw new Error(`Stack ${stack.name}: route "${RouteKey}" does not target a Lambda function.`);
    const timeoutMs = TimeoutInMillis === undefined ? undefined : Number(TimeoutInMillis);
    model.routes.push({ method, path, functionName: name, qualifier, ...(timeoutMs && { timeoutMs }) });
  },
  'AWS::ApiGatewayV2::Stage': ({ DefaultRouteSettings }, model) => {
    const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = (DefaultRouteSettings ??
      {}) as ThrottlingProperties;
    if (rate !== undefined && burst !== undefined) model.throttle = { rate: Number(rate), burst: Number(burst) };
  },
  'AWS::Cognito::UserPoolClient': (_, model, { logicalId }) => {
    model.audience = logicalId;
  },
};

interface ThrottlingProperties {
  ThrottlingRateLimit?: number;
  ThrottlingBurstLimit?: number;
}

interface CorsProperties {
  AllowOrigins?: string[];
  AllowMethods?: string[];
  AllowHeaders?: string[];
  ExposeHeaders?: string[];
  AllowCredentials?: boolean;
  MaxAge?: number | string;
}

function corsFrom(properties: CorsProperties): Cors {
  const { AllowOrigins, AllowMethods, AllowHeaders, ExposeHeaders, AllowCredentials, MaxAge } = properties;
  return {
    allowOrigins: AllowOrigins ?? [],
    allowMethods: AllowMethods ?? [],
    allowHeaders: AllowHeaders ?? [],
    ...(ExposeHeaders && { exposeHeaders: ExposeHeaders }),
    ...(AllowCredentials && { allowCredentials: true }),
    maxAge: Number(MaxAge ?? 0),
  };
}
