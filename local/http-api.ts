import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Cors, Route } from './assembly/system-model.ts';
import type { InvokeResult } from './lambda/function-definition.ts';
import { InvocationRefused } from './lambda/lambda-service.ts';

/** What an HTTP API is made of; read anew for each request, so that a change of the infrastructure counts at once. */
export interface HttpApiOptions {
  routes: () => Route[];
  cors: () => Cors | undefined;
  invoke: (functionName: string, payload: Buffer, qualifier: string) => Promise<InvokeResult>;
}

const MAX_BODY = 10 * 1024 * 1024;

interface ApiResponse {
  status: number;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

/**
 * An HTTP API of API Gateway before Lambda functions, payload format 2.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function httpApi({ routes, cors, invoke }: HttpApiOptions) {
  return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const { pathname } = new URL(incoming.url ?? '/', 'http://localhost');
    const allowed = corsHeaders(cors(), incoming.headers.origin);
    const respond = ({ status, headers, body }: ApiResponse) =>
      outgoing.writeHead(status, { ...headers, ...allowed, 'apigw-requestid': requestId }).end(body);
    const requestId = randomUUID();

    if (cors() && incoming.method === 'OPTIONS' && incoming.headers['access-control-request-method']) {
      return void respond({ status: 204, headers: allowed && preflightHeaders(cors()) });
    }
    const route = matchRoute(routes(), incoming.method ?? '', pathname);
    if (!route) return void respond(json(404, 'Not Found'));
    const body = await readBody(incoming);
    if (!body) return void respond(json(413, 'Request Entity Too Large'));
    const event = toEvent(incoming, body, { requestId, routeKey: `${route.method} ${route.path}` });
    respond(await callFunction(invoke, route, event));
  };
}

async function callFunction(invoke: HttpApiOptions['invoke'], route: Route, event: object): Promise<ApiResponse> {
  try {
    const { body, functionError } = await invoke(
      route.functionName,
      Buffer.from(JSON.stringify(event)),
      route.qualifier,
    );
    return functionError ? json(500, 'Internal Server Error') : toResponse(body);
  } catch (error) {
    if (!(error instanceof InvocationRefused)) throw error;
    return error.status === 429 ? json(503, 'Service Unavailable') : json(500, 'Internal Server Error');
  }
}

/** A route for the very method goes before `ANY`; `$default` is last. */
function matchRoute(routes: Route[], method: string, path: string): Route | undefined {
  const exact = routes.filter((route) => route.path === path);
  return (
    exact.find((route) => route.method === method) ??
    exact.find((route) => route.method === 'ANY') ??
    routes.find((route) => route.path === '$default')
  );
}

function toEvent(
  incoming: IncomingMessage,
  body: Buffer,
  { requestId, routeKey }: { requestId: string; routeKey: string },
) {
  const { pathname, search, searchParams } = new URL(incoming.url ?? '/', 'http://localhost');
  const { cookie, ...others } = incoming.headers;
  const headers = Object.fromEntries(Object.entries(others).map(([name, value]) => [name, String(value)]));
  const isText = body.equals(Buffer.from(body.toString('utf8')));
  const now = new Date();
  return {
    version: '2.0',
    routeKey,
    rawPath: pathname,
    rawQueryString: search.slice(1),
    ...(cookie && { cookies: cookie.split('; ') }),
    headers,
    ...(search && { queryStringParameters: Object.fromEntries(searchParams) }),
    requestContext: {
      accountId: 'anonymous',
      apiId: 'local',
      domainName: incoming.headers.host,
      domainPrefix: 'local',
      http: {
        method: incoming.method,
        path: pathname,
        protocol: 'HTTP/1.1',
        sourceIp: incoming.socket.remoteAddress,
        userAgent: incoming.headers['user-agent'] ?? '',
      },
      requestId,
      routeKey,
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** A function answers with a status and headers, or with anything else, which is then the body itself. */
function toResponse(body: string): ApiResponse {
  const answer = JSON.parse(body) as {
    statusCode?: number;
    headers?: Record<string, string>;
    cookies?: string[];
    body?: string;
    isBase64Encoded?: boolean;
  } | null;
  if (typeof answer !== 'object' || answer === null || answer.statusCode === undefined) {
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const headers: Record<string, string | string[]> = { 'content-type': 'text/plain;charset=utf-8', ...answer.headers };
  if (answer.cookies) headers['set-cookie'] = answer.cookies;
  return {
    status: answer.statusCode,
    headers,
    body: Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8'),
  };
}

async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += (chunk as Buffer).length;
    if (size <= MAX_BODY) chunks.push(chunk as Buffer);
  }
  return size <= MAX_BODY ? Buffer.concat(chunks) : undefined;
}

function corsHeaders(cors: Cors | undefined, origin: string | undefined): Record<string, string> | undefined {
  if (!cors || !origin) return undefined;
  if (cors.allowOrigins.includes('*')) return { 'access-control-allow-origin': '*' };
  return cors.allowOrigins.includes(origin) ? { 'access-control-allow-origin': origin, vary: 'origin' } : undefined;
}

function preflightHeaders(cors: Cors | undefined): Record<string, string> {
  if (!cors) return {};
  return {
    'access-control-allow-methods': cors.allowMethods.join(','),
    'access-control-allow-headers': cors.allowHeaders.join(','),
    'access-control-max-age': String(cors.maxAge),
  };
}

function json(status: number, message: string): ApiResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message }) };
}
