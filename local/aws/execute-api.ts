import { MAX_MESSAGE } from '../http/websocket/connection.ts';
import { executeApiArn } from '../http/websocket/definition.ts';
import type { WebSocketApi } from '../http/websocket/websocket-api.ts';
import type { AwsRequest, AwsResponse } from './aws-request.ts';
import { type Access, AwsError, type AwsService } from './aws-service.ts';

/** `/STAGE/@connections/ID`, the id encoded. */
const PATH = /^\/([^/]+)\/(?:@|%40)connections\/([^/]+)$/;

/** Management API of WebSocket connections, https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html */
export class ExecuteApi implements AwsService {
  readonly #webSockets: WebSocketApi;

  constructor(webSockets: WebSocketApi) {
    this.#webSockets = webSockets;
  }

  accesses({ method, url }: AwsRequest): Access[] {
    const { stage, id } = target(url);
    const api = { id: this.#webSockets.definition?.id ?? '*', stage };
    return [{ action: 'execute-api:ManageConnections', resource: executeApiArn(api, `${method}/@connections/${id}`) }];
  }

  async handle({ method, url, body }: AwsRequest): Promise<AwsResponse | undefined> {
    const { stage, id } = target(url);
    const operation = this.#operations[method];
    if (!operation || !id) return undefined;
    if (stage !== this.#webSockets.definition?.stage) throw new AwsError('ForbiddenException', 'Forbidden', 403);
    return operation(id, body);
  }

  readonly #operations: Record<string, (id: string, body: Buffer) => AwsResponse> = {
    POST: (id, body) => {
      if (body.length > MAX_MESSAGE) throw new AwsError('PayloadTooLargeException', 'Message too long', 413);
      if (!this.#connection(id).send(body.toString('utf8')))
        throw new AwsError('LimitExceededException', 'The buffer of the client is full.', 429);
      return { status: 200, headers: {}, body: '' };
    },
    GET: (id) => {
      const { identity, lastActiveAt } = this.#connection(id);
      const { connectedAt, sourceIp, userAgent } = identity;
      const body = JSON.stringify({
        connectedAt: new Date(connectedAt).toISOString(),
        identity: { sourceIp, userAgent },
        lastActiveAt: new Date(lastActiveAt).toISOString(),
      });
      return { status: 200, headers: { 'content-type': 'application/json' }, body };
    },
    DELETE: (id) => {
      this.#connection(id).close({ code: 1000, reason: '' });
      return { status: 204, headers: {}, body: '' };
    },
  };

  #connection(id: string) {
    const connection = this.#webSockets.find(id);
    if (connection) return connection;
    throw new AwsError('GoneException', 'The connection has ended, or it is not open yet.', 410);
  }
}

function target(url: string): { stage: string; id: string } {
  const [, stage = '', id = ''] = PATH.exec(new URL(url, 'http://localhost').pathname) ?? [];
  return { stage, id: decodeURIComponent(id) };
}
