import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { SubgraphRequest, SubgraphResponse } from '#platform/graphql/envelope.ts';
import type { Viewer } from '#platform/graphql/viewer.ts';
import { graphName } from '../build/discover.ts';

/** Endpoints and operator credentials of a running system. */
export interface Connection {
  /** Base URL of the API. */
  url: string;
  /** Default: the project's graph. */
  graph?: string;
  /** Default: dev. */
  stage?: string;
  aws: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
}

const TIMEOUT_MS = 60_000;
const ATTEMPTS = 3;

/** Runs operations on subgraphs directly, with the operator's IAM credentials. Fields hidden from clients are available. */
export class Operator {
  readonly #lambda: LambdaClient;
  /** `GRAPH-STAGE-`, the prefix of function names. */
  readonly #prefix: string;

  constructor({ aws, graph = graphName(), stage = 'dev' }: Connection) {
    this.#lambda = new LambdaClient(aws);
    this.#prefix = `${graph}-${stage}-`;
  }

  /** Runs an operation on a subgraph, optionally as a viewer; returns its data, throws its first error. */
  async run<Data>(subgraph: string, query: string, variables: Record<string, unknown>, viewer?: Viewer): Promise<Data> {
    const request: SubgraphRequest = {
      query,
      variables,
      ...(viewer && { viewer }),
      requestId: 'operator',
      traceparent: '00-00000000000000000000000000000001-0000000000000001-00',
      deadline: Date.now() + TIMEOUT_MS,
    };
    const FunctionName = `${this.#prefix}${subgraph}`;
    const body = await this.#invoke(FunctionName, JSON.stringify(request));
    const { data, errors } = JSON.parse(body) as SubgraphResponse;
    if (errors?.[0]) throw new Error(`${FunctionName}: ${errors[0].message}`);
    return data as Data;
  }

  /** Retries timeouts, as on a busy machine: operator operations are idempotent. */
  async #invoke(FunctionName: string, Payload: string, attempt = 1): Promise<string> {
    const command = new InvokeCommand({ FunctionName, Qualifier: 'live', Payload });
    const response = await this.#lambda.send(command);
    const body = Buffer.from(response.Payload ?? []).toString('utf8');
    if (!response.FunctionError) return body;
    if (attempt < ATTEMPTS && body.includes('Sandbox.Timedout'))
      return this.#invoke(FunctionName, Payload, attempt + 1);
    throw new Error(`${FunctionName} failed: ${body}`);
  }
}
