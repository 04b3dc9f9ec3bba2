import type { HTTPGraphQLRequest } from '@apollo/server';
import { type handlers as Handlers, handlers } from '@as-integrations/aws-lambda';
import { GraphQLError } from 'graphql';

type HttpEvents = ReturnType<typeof Handlers.createAPIGatewayProxyEventV2RequestHandler>;

/** What is checked of a request before the server sees it; each throws a GraphQLError to refuse it. */
export interface RequestChecks {
  /** The size of the body, in bytes. */
  checkBody: (bytes: number) => void;
  /** The request, before the server reads its operation; the server gets what this returns. */
  read: (request: HTTPGraphQLRequest) => HTTPGraphQLRequest;
}

const apiGateway = handlers.createAPIGatewayProxyEventV2RequestHandler();

/**
 * Apollo Server's integration for API Gateway events, version 2, with a request that cannot be read, or that a check
 * refuses, answered as a GraphQL error and not with the parser's own words.
 */
export function httpEvents(checks?: RequestChecks): HttpEvents {
  return {
    ...apiGateway,
    fromEvent: (event) => {
      checks?.checkBody(Buffer.byteLength(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'));
      const request = apiGateway.fromEvent(event);
      return checks?.read(request) ?? request;
    },
    toErrorResult: (error) => errorResult(error instanceof GraphQLError ? error : unreadable()),
  };
}

function unreadable(): GraphQLError {
  return new GraphQLError('The request body is not valid JSON.', { extensions: { code: 'BAD_REQUEST' } });
}

function errorResult({ message, extensions: { http, ...extensions } }: GraphQLError) {
  return {
    statusCode: (http as { status?: number } | undefined)?.status ?? 400,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify({ errors: [{ message, extensions }] }),
  };
}
