import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A function that the fake Lambda invokes. */
export type FakeFunction = (event: unknown) => Promise<unknown>;

/** A message in the fake queue. */
export interface QueuedMessage {
  body: string;
  group: string;
  deduplication: string;
}

/** The APIs of AWS that the gateway calls, in this process: Lambda, the connections of a WebSocket API, and a FIFO queue. */
export class FakeAws {
  /** Functions by name. */
  readonly functions: Record<string, FakeFunction> = {};
  /** Messages posted to each connection, parsed. */
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape of its messages
  readonly posted = new Map<string, any[]>();
  /** Closed connections. */
  readonly closed: string[] = [];
  /** Connections that have ended. */
  readonly gone = new Set<string>();
  /** Statuses of the next posts to a connection; 0: no response. */
  readonly statuses = new Map<string, number[]>();
  readonly queue: QueuedMessage[] = [];
  /** Seconds after which messages are visible again, by receipt handle. */
  readonly released = new Map<string, number>();
  /** Called before a post is recorded. */
  onPost: (connectionId: string) => void | Promise<void> = () => {};
  url = '';
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((incoming, outgoing) => {
      this.#answer(incoming, outgoing).catch((error: Error) => outgoing.writeHead(500).end(error.message));
    });
  }

  static async start(): Promise<FakeAws> {
    const aws = new FakeAws();
    aws.#server.listen(0, '127.0.0.1');
    await once(aws.#server, 'listening');
    aws.url = `http://127.0.0.1:${(aws.#server.address() as AddressInfo).port}`;
    return aws;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Returns the messages to a connection so far. */
  messages(connectionId: string) {
    return this.posted.get(connectionId) ?? [];
  }

  async #answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await text(incoming);
    const [, name] = /\/functions\/([^/]+)\/invocations/.exec(incoming.url ?? '') ?? [];
    const [, connection] = /\/@connections\/(.+)$/.exec(incoming.url ?? '') ?? [];
    if (!incoming.headers.authorization?.startsWith('AWS4-HMAC-SHA256')) outgoing.writeHead(403).end();
    else if (name) await this.#invoke(name, body, outgoing);
    else if (connection) await this.#connection(incoming.method, decodeURIComponent(connection), body, outgoing);
    else this.#queue(String(incoming.headers['x-amz-target']), JSON.parse(body), outgoing);
  }

  async #invoke(name: string, body: string, outgoing: ServerResponse): Promise<void> {
    const run = this.functions[name];
    if (!run) return void outgoing.writeHead(404).end(`There is no function ${name}`);
    try {
      outgoing.end(JSON.stringify(await run(JSON.parse(body))));
    } catch (error) {
      outgoing
        .writeHead(200, { 'x-amz-function-error': 'Unhandled' })
        .end(JSON.stringify({ errorMessage: String(error) }));
    }
  }

  async #connection(method: string | undefined, id: string, body: string, outgoing: ServerResponse): Promise<void> {
    if (method === 'DELETE') {
      this.closed.push(id);
      this.gone.add(id);
      return void outgoing.writeHead(204).end();
    }
    await this.onPost(id);
    const status = this.gone.has(id) ? 410 : (this.statuses.get(id)?.shift() ?? 200);
    if (status === 0) return;
    if (status === 200) this.posted.set(id, [...this.messages(id), JSON.parse(body)]);
    outgoing.writeHead(status).end();
  }

  #queue(target: string, input: Record<string, string>, outgoing: ServerResponse): void {
    const { MessageBody = '', MessageGroupId: group = '', MessageDeduplicationId: deduplication = '' } = input;
    if (target === 'AmazonSQS.ChangeMessageVisibility')
      this.released.set(String(input.ReceiptHandle), Number(input.VisibilityTimeout));
    else if (!this.queue.some((each) => each.deduplication === deduplication))
      this.queue.push({ body: MessageBody, group, deduplication });
    outgoing.end('{}');
  }
}
