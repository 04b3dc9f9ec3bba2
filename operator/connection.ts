import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { SubgraphRequest, SubgraphResponse } from '#platform/graphql/envelope.ts';
import type { Viewer } from '#platform/graphql/viewer.ts';
import { graphName } from '../build/discover.ts';

/** How to reach a running system as its operator. */
export interface Connection {
  /** Address of the HTTP API. */
  url: string;
  /** The graph that it runs; the project's if it is left out. */
  graph?: string;
  /** The stage whose settings it runs with; dev if it is left out. */
  stage?: string;
  aws: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
}

const LONG = 60_000;
const ATTEMPTS = 3;

/** Sends operations straight to subgraphs, which IAM allows the operator: what clients cannot see is open here. */
export class Operator {
  readonly #lambda: LambdaClient;
  /** First part of the functions' names. */
  readonly #prefix: string;

  constructor({ aws, graph = graphName(), stage = 'dev' }: Connection) {
    this.#lambda = new LambdaClient(aws);
    this.#prefix = `${graph}-${stage}-`;
  }

  /** Runs an operation on one subgraph, for a user if one is named; throws its first error. `Data` is what the query asks for. */
  async run<Data>(subgraph: string, query: string, variables: Record<string, unknown>, viewer?: Viewer): Promise<Data> {
    const request: SubgraphRequest = {
      query,
      variables,
      ...(viewer && { viewer }),
      requestId: 'operator',
      traceparent: '00-00000000000000000000000000000001-0000000000000001-00',
      deadline: Date.now() + LONG,
    };
    const FunctionName = `${this.#prefix}${subgraph}`;
    const body = await this.#invoke(FunctionName, JSON.stringify(request));
    const { data, errors } = JSON.parse(body) as SubgraphResponse;
    if (errors?.[0]) throw new Error(`${FunctionName}: ${errors[0].message}`);
    return data as Data;
  }

  /** What the operator sends is safe to repeat: a function that ran out of time, as on a busy machine, is asked again. */
  async #invoke(FunctionName: string, Payload: string, attempt = 1): Promise<string> {
    const command = new InvokeCommand({ FunctionName, Qualifier: 'live', Payload });
    const answer = await this.#lambda.send(command);
    const body = Buffer.from(answer.Payload ?? []).toString('utf8');
    if (!answer.FunctionError) return body;
    if (attempt < ATTEMPTS && body.includes('Sandbox.Timedout'))
      return this.#invoke(FunctionName, Payload, attempt + 1);
    throw new Error(`${FunctionName} failed: ${body}`);
  }
}
