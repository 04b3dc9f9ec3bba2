import { handlers } from '@as-integrations/aws-lambda';

const apiGateway = handlers.createAPIGatewayProxyEventV2RequestHandler();

/**
 * Apollo Server's integration for API Gateway events, version 2, with a request that cannot be read answered as a
 * GraphQL error and not with the parser's own words.
 */
export const httpEvents: typeof apiGateway = {
  ...apiGateway,
  toErrorResult: () => ({
    statusCode: 400,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({
      errors: [{ message: 'The request body is not valid JSON.', extensions: { code: 'BAD_REQUEST' } }],
    }),
  }),
};
