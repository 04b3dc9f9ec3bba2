import { type Closing, closingNotice, type ServerMessage } from './protocol.ts';
import type { SendToAws } from './signed-post.ts';

/** Outcome of a message: `gone` if the connection has ended. */
export type PostOutcome = 'posted' | 'gone' | 'failed';

const TIMEOUT_MS = 3_000;
const ATTEMPTS = 3;
const BASE_WAIT_MS = 50;

/** Connections of clients at API Gateway, https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html */
export class ClientConnections {
  readonly #endpoint: string;
  readonly #send: SendToAws;

  /** `endpoint` is the URL of the management API with its stage. */
  constructor(endpoint: string, send: SendToAws) {
    this.#endpoint = endpoint.replace(/\/$/, '');
    this.#send = send;
  }

  /** Posts a message; repeats it if API Gateway is busy. Rejects only if the function may not post. */
  async post(connectionId: string, message: ServerMessage | string): Promise<PostOutcome> {
    const body = typeof message === 'string' ? message : JSON.stringify(message);
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#call('POST', connectionId, body);
      if (outcome !== 'busy') return outcome;
      if (attempt === ATTEMPTS) return 'failed';
      await new Promise((resolve) => setTimeout(resolve, BASE_WAIT_MS * 2 ** attempt * Math.random()));
    }
  }

  /** Closes a connection after a notice of the reason. */
  async close(connectionId: string, closing: Closing): Promise<void> {
    if ((await this.post(connectionId, closingNotice(closing))) !== 'gone') await this.end(connectionId);
  }

  /** Closes a connection. */
  async end(connectionId: string): Promise<void> {
    await this.#call('DELETE', connectionId, '');
  }

  async #call(method: 'POST' | 'DELETE', connectionId: string, body: string): Promise<PostOutcome | 'busy'> {
    const url = new URL(`${this.#endpoint}/@connections/${encodeURIComponent(connectionId)}`);
    const request = { method, url, service: 'execute-api', body, timeout: TIMEOUT_MS };
    const status = await this.#send(request).then(
      (response) => response.status,
      () => 0,
    );
    // For all connections: nothing is known of this one.
    if (status === 403) throw new Error('The function may not call execute-api:ManageConnections');
    if (status >= 200 && status < 300) return 'posted';
    if (status === 410) return 'gone';
    return status === 429 || status >= 500 ? 'busy' : 'failed';
  }
}
