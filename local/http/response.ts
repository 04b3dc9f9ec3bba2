import * as z from 'zod/mini';

/** Response of the API to a client. */
export interface ApiResponse {
  status: number;
  headers: Record<string, string | string[]>;
  body: string | Buffer;
}

const structuredResult = z.object({
  statusCode: z.pipe(z.transform(Number), z.int().check(z.gte(200), z.lte(599))),
  headers: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
  cookies: z.optional(z.array(z.string())),
  body: z.nullish(z.string()),
  isBase64Encoded: z.optional(z.boolean()),
});

/** Headers that only the server sets, because they describe the connection. */
const SERVER_HEADERS = new Set(['connection', 'content-length', 'transfer-encoding']);

/**
 * Converts a function's JSON result to a response. A result with `statusCode` is a structured response; any other is the body
 * of a 200 response. A malformed structured response becomes a 500.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.v2
 */
export function responseFromResult(result: string): ApiResponse {
  const value: unknown = JSON.parse(result || 'null');
  if (typeof value !== 'object' || value === null || !('statusCode' in value)) return bodyResponse(value, result);
  const parsed = structuredResult.safeParse(value);
  if (!parsed.success) return errorResponse(500);
  const { statusCode, headers = {}, cookies, body, isBase64Encoded } = parsed.data;
  return {
    status: statusCode,
    headers: {
      'content-type': 'text/plain;charset=utf-8',
      ...Object.fromEntries(
        Object.entries(headers)
          .map(([name, text]) => [name.toLowerCase(), String(text)] as const)
          .filter(([name]) => !SERVER_HEADERS.has(name)),
      ),
      ...(cookies && { 'set-cookie': cookies }),
    },
    body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
  };
}

function bodyResponse(value: unknown, result: string): ApiResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: typeof value === 'string' ? value : result,
  };
}

const MESSAGES = {
  404: 'Not Found',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const;

/** Returns an error response of the API itself. */
export function errorResponse(status: keyof typeof MESSAGES): ApiResponse {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message: MESSAGES[status] }),
  };
}
