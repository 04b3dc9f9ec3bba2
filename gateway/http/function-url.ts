import type { Writable } from 'node:stream';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { HttpRequest, HttpResponse } from './http-message.ts';
import { writeBody } from './write-body.ts';

/**
 * Event of a function URL: payload format 2.0, as of API Gateway.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 */
export type FunctionUrlEvent = APIGatewayProxyEventV2;

/** Converts an event to the client's request. Behind CloudFront, the client's address is in a header. */
export function httpRequestFrom(event: FunctionUrlEvent, isBehindCloudFront = false): HttpRequest {
  const { requestContext, rawPath, rawQueryString, headers, cookies, body = '', isBase64Encoded } = event;
  const { method, sourceIp } = requestContext.http;
  return {
    method,
    path: rawPath,
    search: rawQueryString,
    headers: cookies ? { ...headers, cookie: cookies.join('; ') } : headers,
    body: isBase64Encoded ? Buffer.from(body, 'base64') : body,
    ip: isBehindCloudFront ? forwardedAddress(headers['x-forwarded-for'], sourceIp) : sourceIp,
  };
}

/** Returns the last address that is not CloudFront's own: a client can only write those before it. */
function forwardedAddress(list = '', cloudFront = ''): string {
  const others = list.split(',').map((address) => address.trim());
  return others.findLast((address) => address !== '' && address !== cloudFront) ?? cloudFront;
}

/** Writes a response to the stream of an invocation; returns the bytes of the body. */
export function writeResponse(stream: Writable, { status, headers, body }: HttpResponse): Promise<number> {
  const { 'set-cookie': cookies, ...others } = headers;
  const http = awslambda.HttpResponseStream.from(stream, {
    statusCode: status,
    headers: Object.fromEntries(Object.entries(others).map(([name, value]) => [name, [value].flat().join(', ')])),
    ...(cookies && { cookies: [cookies].flat() }),
  });
  return writeBody(http, body);
}
