import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { ClientAnswer } from './prepared/prepared-gateway.ts';
import type { ClientRequest } from './prepared/prepared-request.ts';

type Result = APIGatewayProxyStructuredResultV2;

/** https://owasp.org/www-project-secure-headers/ */
const SECURITY_HEADERS = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
};

/** The client's request in an API Gateway event. */
export function requestIn(event: APIGatewayProxyEventV2): ClientRequest {
  const { requestContext, headers, rawQueryString, body, isBase64Encoded } = event;
  return {
    method: requestContext.http.method,
    headers,
    search: rawQueryString,
    body: isBase64Encoded ? undefined : body,
  };
}

/** An answer as API Gateway takes it. */
export function resultOf({ status: statusCode, headers, body }: ClientAnswer): Result {
  return { statusCode, headers, body };
}

/** An answer that is one error. */
export function errorResult(statusCode: number, message: string, extensions: { code: string; limit?: string }): Result {
  return {
    statusCode,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify({ errors: [{ message, extensions }] }),
  };
}

/** What is sent of a result: an error if it is larger than a function may return. */
export function sent(result: Result, maxBytes: number): Result {
  const bytes = Buffer.byteLength(result.body ?? '');
  const message = `The answer has ${bytes} bytes: at most ${maxBytes} are allowed. Ask for less.`;
  const code = { code: 'RESPONSE_TOO_LARGE', limit: 'responseBytes' };
  const { headers, ...rest } = bytes <= maxBytes ? result : errorResult(400, message, code);
  return { ...rest, headers: { ...headers, ...SECURITY_HEADERS } };
}
