import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ResourceChange, ResourceHandler, ResourceResult } from '../resource-handler.ts';
import { Interrupted, ResourceFailed } from '../stack-error.ts';

/** Response of a custom resource, https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html */
interface CustomResponse {
  Status?: string;
  Reason?: string;
  PhysicalResourceId?: string;
  StackId?: string;
  RequestId?: string;
  LogicalResourceId?: string;
  Data?: Record<string, unknown>;
}

export interface CustomResourceOptions {
  /** Invokes a function asynchronously; resolves when it has run, with its retries. */
  invoke: (functionArn: string, payload: Buffer) => Promise<void>;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudformation-customresource.html */
const DEFAULT_TIMEOUT_SECONDS = 3_600;
const MILLISECONDS = 1_000;
const MAX_RESPONSE = 4_096;

/** Custom resources by their protocol: the function gets an event, and its answer comes to a URL that is served here. */
export class CustomResources implements ResourceHandler {
  readonly #options: CustomResourceOptions;
  /** Receivers of responses by the path of their URL. */
  readonly #waiting = new Map<string, (response: CustomResponse) => void>();
  readonly #server = createServer((incoming, outgoing) => void this.#receive(incoming, outgoing));

  constructor(options: CustomResourceOptions) {
    this.#options = options;
  }

  async create(change: ResourceChange): Promise<ResourceResult> {
    return this.#send('Create', change);
  }

  async update(change: ResourceChange): Promise<ResourceResult> {
    return this.#send('Update', change);
  }

  async delete(change: ResourceChange): Promise<void> {
    await this.#send('Delete', change);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #send(RequestType: 'Create' | 'Update' | 'Delete', change: ResourceChange): Promise<ResourceResult> {
    const { properties, before, stackId, logicalId, type, physicalId } = change;
    const { ServiceToken, ServiceTimeout = DEFAULT_TIMEOUT_SECONDS } = properties;
    const path = `/${randomUUID()}`;
    const event = {
      RequestType,
      ServiceToken,
      ResponseURL: `${await this.#url()}${path}`,
      StackId: stackId,
      RequestId: randomUUID(),
      LogicalResourceId: logicalId,
      ResourceType: type,
      ...(physicalId && { PhysicalResourceId: physicalId }),
      ResourceProperties: asText(properties),
      ...(before && { OldResourceProperties: asText(before) }),
    };
    const response = this.#response(path, Number(ServiceTimeout) * MILLISECONDS, change);
    void this.#options.invoke(String(ServiceToken), Buffer.from(JSON.stringify(event)));
    return resultOf(await response, change);
  }

  async #url(): Promise<string> {
    if (!this.#server.listening) {
      this.#server.listen(0, '127.0.0.1');
      await once(this.#server, 'listening');
      this.#server.unref();
    }
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  #response(path: string, timeout: number, { logicalId, physicalId, signal }: ResourceChange): Promise<CustomResponse> {
    const { promise, resolve, reject } = Promise.withResolvers<CustomResponse>();
    const timer = setTimeout(() => {
      const message = `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${path.slice(1)}]. If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.`;
      reject(new ResourceFailed(message, physicalId ?? logicalId));
    }, timeout);
    const stop = () => reject(new Interrupted('The system stops.'));
    signal.addEventListener('abort', stop, { once: true });
    this.#waiting.set(path, resolve);
    return promise.finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      this.#waiting.delete(path);
    });
  }

  async #receive(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = Buffer.concat(await incoming.toArray());
    const resolve = this.#waiting.get(incoming.url ?? '');
    if (incoming.method !== 'PUT' || !resolve) return void outgoing.writeHead(403).end();
    outgoing.writeHead(200).end();
    resolve(parsed(body));
  }
}

function parsed(body: Buffer): CustomResponse {
  if (body.length > MAX_RESPONSE) return { Status: 'FAILED', Reason: 'Response object is too long.' };
  try {
    return JSON.parse(body.toString('utf8')) as CustomResponse;
  } catch {
    return { Status: 'FAILED', Reason: 'Invalid response: it is not JSON.' };
  }
}

function resultOf(
  { Status, Reason, PhysicalResourceId, Data = {} }: CustomResponse,
  change: ResourceChange,
): ResourceResult {
  const physicalId = PhysicalResourceId ?? change.physicalId ?? change.logicalId;
  if (Status !== 'SUCCESS')
    throw new ResourceFailed(
      `Received response status [FAILED] from custom resource. Message returned: ${Reason ?? 'none'}`,
      physicalId,
    );
  return {
    physicalId,
    attributes: Object.fromEntries(Object.entries(Data).map(([name, value]) => [name, String(value)])),
  };
}

/** CloudFormation sends all values as text. */
function asText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asText);
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, asText(each)]));
}
