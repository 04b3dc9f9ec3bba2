import { type handlers as Handlers, handlers } from '@as-integrations/aws-lambda';
import { errorBody } from './errors.ts';

type HttpEvents = ReturnType<typeof Handlers.createAPIGatewayProxyEventV2RequestHandler>;

/**
 * Apollo Server's integration for API Gateway events, payload format 2.0. A malformed request is answered with a GraphQL
 * error instead of the parser's message.
 */
export const HTTP_EVENTS: HttpEvents = {
  ...handlers.createAPIGatewayProxyEventV2RequestHandler(),
  toErrorResult: () => ({
    statusCode: 400,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: errorBody('The request body is not valid JSON.', { code: 'BAD_REQUEST' }),
  }),
};
