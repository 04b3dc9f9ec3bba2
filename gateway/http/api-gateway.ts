import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { HttpRequest, HttpResponse } from './http-message.ts';

/** Converts an API Gateway event, payload format 2.0, to the client's request. */
export function httpRequestFrom(event: APIGatewayProxyEventV2): HttpRequest {
  const { requestContext, rawPath, rawQueryString, headers, cookies, body = '', isBase64Encoded } = event;
  return {
    method: requestContext.http.method,
    path: rawPath,
    search: rawQueryString,
    headers: cookies ? { ...headers, cookie: cookies.join('; ') } : headers,
    body: isBase64Encoded ? Buffer.from(body, 'base64') : body,
  };
}

/** Converts a response to API Gateway's format: one string per header, except cookies. */
export function resultFrom({ status, headers, body }: HttpResponse): APIGatewayProxyStructuredResultV2 {
  const { 'set-cookie': cookies, ...others } = headers;
  return {
    statusCode: status,
    headers: Object.fromEntries(Object.entries(others).map(([name, value]) => [name, [value].flat().join(', ')])),
    ...(cookies && { cookies: [cookies].flat() }),
    body,
  };
}
