import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { HttpRequest, HttpResponse } from './http-message.ts';
import { errorResponse } from './response.ts';

/** Maximum bytes of a body, as in API Gateway. */
const MAX_BODY = 10 * 1024 * 1024;

/** Serves requests over plain HTTP. */
export function nodeServer(respond: (request: HttpRequest) => Promise<HttpResponse>): Server {
  return createServer((incoming, outgoing) => {
    read(incoming)
      .then((request) => (request ? respond(request) : tooLarge()))
      .catch(() => errorResponse(500, { code: 'INTERNAL_SERVER_ERROR', message: 'Internal server error' }))
      .then((response) => write(outgoing, response))
      // The client has disconnected.
      .catch(() => outgoing.destroy());
  });
}

function tooLarge(): HttpResponse {
  return errorResponse(413, { code: 'REQUEST_TOO_LARGE', message: 'The request body is too large.' });
}

/** Reads the whole request, so that the client reads the response; returns undefined if the body is too large. */
async function read(incoming: IncomingMessage): Promise<HttpRequest | undefined> {
  const { method = '', url = '/', headersDistinct } = incoming;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size <= MAX_BODY) chunks.push(chunk);
  }
  if (size > MAX_BODY) return undefined;
  const end = url.indexOf('?');
  const [path, search] = end < 0 ? [url, ''] : [url.slice(0, end), url.slice(end + 1)];
  const headers = Object.entries(headersDistinct).map(([name, values = []]) => [
    name,
    values.join(name === 'cookie' ? '; ' : ', '),
  ]);
  return { method, path, search, headers: Object.fromEntries(headers), body: Buffer.concat(chunks) };
}

function write(outgoing: ServerResponse, { status, headers, body }: HttpResponse): void {
  outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}
