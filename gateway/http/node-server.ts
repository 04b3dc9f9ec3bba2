import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type HttpRequest, type HttpResponse, lengthOf } from './http-message.ts';
import { errorResponse } from './response.ts';
import { writeBody } from './write-body.ts';

/** Maximum bytes of a body, as of a function URL. */
const MAX_BODY = 6 * 1024 * 1024;

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
  const { method = '', url = '/' } = incoming;
  const body = await bodyOf(incoming);
  if (!body) return undefined;
  const end = url.indexOf('?');
  const [path, search] = end < 0 ? [url, ''] : [url.slice(0, end), url.slice(end + 1)];
  return { method, path, search, headers: headersOf(incoming), body, ip: incoming.socket.remoteAddress };
}

/** Reads by events: an async iterator would cost more than the rest of this file. */
function bodyOf(incoming: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY) chunks.push(chunk);
    });
    incoming.on('error', reject);
    incoming.on('end', () => resolve(size <= MAX_BODY ? Buffer.concat(chunks) : undefined));
  });
}

function headersOf(incoming: IncomingMessage): HttpRequest['headers'] {
  const { headers, rawHeaders } = incoming;
  // Of repeated headers, Node gives some once and some as a list.
  const isEachOnce = Object.keys(headers).length * 2 === rawHeaders.length && !headers['set-cookie'];
  if (isEachOnce) return headers as HttpRequest['headers'];
  const joined = Object.entries(incoming.headersDistinct).map(([name, values = []]) => [
    name,
    values.join(name === 'cookie' ? '; ' : ', '),
  ]);
  return Object.fromEntries(joined);
}

async function write(outgoing: ServerResponse, { status, headers, body, onSent }: HttpResponse): Promise<void> {
  const length = lengthOf(body);
  outgoing.writeHead(status, length === undefined ? headers : { ...headers, 'content-length': length });
  const bytes = await writeBody(outgoing, body);
  await onSent?.(bytes);
}
