import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { InvokeResult } from '../aws/lambda/function-definition.ts';
import { refusalResponse } from '../aws/lambda/invoke-api.ts';
import { type InvokeOptions, MAX_REQUEST, requestTooLarge } from '../aws/lambda/lambda-service.ts';
import { type Edge, Firewall } from './cloudfront.ts';
import { corsHeaders } from './cors.ts';
import { eventOf } from './event.ts';
import { type ApiResponse, badGateway, responseFromResult } from './response.ts';
import { StreamedResponse } from './streamed-response.ts';

/** A function that clients reach by HTTP. */
export interface FunctionUrl {
  functionName: string;
  /** Alias or version. */
  qualifier: string;
  /** Whether clients get the response as it comes (`RESPONSE_STREAM`), or whole (`BUFFERED`). */
  isStreamed: boolean;
}

/** Settings of the front door. The functions are called for each request, so changed infrastructure applies immediately. */
export interface FrontDoorOptions {
  /** Undefined: the system has no function URL. */
  url: () => FunctionUrl | undefined;
  /** CloudFront in front of the function URL. */
  edge?: () => Edge | undefined;
  /** Runs a function. Throws InvocationRefused if Lambda would not run it. */
  invoke: (
    functionName: string,
    payload: Buffer,
    options: InvokeOptions,
  ) => Promise<Pick<InvokeResult, 'body' | 'functionError'>>;
}

/** Returns a request listener that works like a function URL of Lambda, behind CloudFront if there is any. */
export function frontDoor({ url, edge, invoke }: FrontDoorOptions) {
  const firewall = new Firewall();
  return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const { rules = [], originHeaders = {}, cors } = edge?.() ?? {};
    const requestId = randomUUID();
    const blocked = firewall.evaluate(rules, incoming, Date.now());
    const target = url();
    if (blocked || !target) incoming.resume();
    if (blocked) return send(outgoing, blocked);
    if (!target) return send(outgoing, NO_FUNCTION_URL);
    const withEdge = (headers: ApiResponse['headers']) => ({
      ...headers,
      ...(cors && !('access-control-allow-origin' in headers) && corsHeaders(cors, incoming.headers.origin)),
      'x-amzn-requestid': requestId,
    });
    const streamed = new StreamedResponse(outgoing, withEdge);
    const run = async (body: Buffer | undefined) => {
      if (!body) throw requestTooLarge();
      const payload = Buffer.from(JSON.stringify(eventOf({ incoming, body, requestId, originHeaders })));
      const { functionName, qualifier, isStreamed } = target;
      return invoke(functionName, payload, { qualifier, requestId, ...(isStreamed && { reader: streamed }) });
    };
    const response = await readBody(incoming).then(run).then(responseOf(target), refusalResponse);
    if (streamed.isStarted) streamed.finish();
    else send(outgoing, { ...response, headers: withEdge(response.headers) });
  };
}

const NO_FUNCTION_URL: ApiResponse = {
  status: 404,
  headers: { 'content-type': 'application/json' },
  body: '{"message":"The system has no function URL."}',
};

/** Returns a conversion of results to responses. With streaming, a returned value is the body as it is. */
function responseOf({ isStreamed }: FunctionUrl) {
  return ({ body, functionError }: Pick<InvokeResult, 'body' | 'functionError'>): ApiResponse => {
    if (functionError) return badGateway();
    return isStreamed
      ? { status: 200, headers: { 'content-type': 'application/json' }, body }
      : responseFromResult(body);
  };
}

/** Returns the body; undefined if it is too large. Reads it to the end either way, so that the client gets the response. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_REQUEST) chunks.push(chunk);
  }
  return size <= MAX_REQUEST ? Buffer.concat(chunks) : undefined;
}

function send(outgoing: ServerResponse, { status, headers, body }: ApiResponse): void {
  outgoing.writeHead(status, headers).end(body);
}
