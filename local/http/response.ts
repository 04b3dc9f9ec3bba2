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
 * of a 200 response. A malformed structured response becomes a 502.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-response-payload
 */
export function responseFromResult(result: string): ApiResponse {
  const value = parseJson(result || 'null');
  if (value === undefined) return badGateway();
  if (typeof value !== 'object' || value === null || !('statusCode' in value)) return bodyResponse(value, result);
  const parsed = structuredResult.safeParse(value);
  if (!parsed.success) return badGateway();
  const { body, isBase64Encoded } = parsed.data;
  return {
    ...headOf(parsed.data, 'application/json'),
    body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
  };
}

/** Returns the status and headers that a streamed response begins with; undefined if they are malformed. */
export function headFromPrelude(prelude: string): Pick<ApiResponse, 'status' | 'headers'> | undefined {
  const parsed = structuredResult.safeParse(parseJson(prelude));
  return parsed.success ? headOf(parsed.data, 'application/octet-stream') : undefined;
}

function headOf({ statusCode, headers = {}, cookies }: z.output<typeof structuredResult>, contentType: string) {
  const own = Object.entries(headers)
    .map(([name, text]) => [name.toLowerCase(), String(text)] as const)
    .filter(([name]) => !SERVER_HEADERS.has(name));
  return {
    status: statusCode,
    headers: { 'content-type': contentType, ...Object.fromEntries(own), ...(cookies && { 'set-cookie': cookies }) },
  };
}

/** Returns undefined if the text is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function bodyResponse(value: unknown, result: string): ApiResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: typeof value === 'string' ? value : result,
  };
}

/** Response for a failed function, without details of the error. */
export function badGateway(): ApiResponse {
  return { status: 502, headers: { 'content-type': 'application/json' }, body: 'Internal Server Error' };
}
