interface HttpEvent {
  headers: Record<string, string>;
  [member: string]: unknown;
}

/** Returns the event of a client's `POST /graphql`, as a function URL sends it to a function (format 2.0). */
export function httpEvent(body: object): HttpEvent {
  const path = '/graphql';
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: { 'content-type': 'application/json', host: 'example.com' },
    requestContext: {
      http: { method: 'POST', path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'bench' },
      requestId: 'bench',
      stage: '$default',
      timeEpoch: Date.now(),
    },
    body: JSON.stringify(body),
    isBase64Encoded: false,
  };
}

/** Returns the same event with a bearer token. */
export function withToken(event: HttpEvent, token: string): HttpEvent {
  return { ...event, headers: { ...event.headers, authorization: `Bearer ${token}` } };
}

/** Returns the envelope that the gateway sends to a subgraph's function. */
export function envelope(operation: { query: string; variables?: object }): object {
  return {
    ...operation,
    requestId: 'bench',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00',
    deadline: Date.now() + 3_600_000,
  };
}

/** A GraphQL response. */
export interface Answer {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** Separates the status and headers of a streamed response from its body. */
const DELIMITER = '\0'.repeat(8);

/** Parses the GraphQL response of a function: plain, streamed, or in a result for a function URL. */
export function answerIn(returned: string): Answer {
  const result = JSON.parse(returned.split(DELIMITER).at(-1) ?? '');
  return 'statusCode' in result ? JSON.parse(result.body) : result;
}
