import type { IncomingHttpHeaders } from 'node:http';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { SubgraphResponse } from '#platform/envelope.ts';
import type { GatewayContext } from '../context.ts';
import type { SubgraphOperation } from '../engine/run/subgraph-operation.ts';
import { post } from './http.ts';
import { invoke } from './invoke.ts';

/** What is sent to a subgraph. */
export interface SubgraphCall {
  operation: SubgraphOperation;
  /** JSON text of the operation's variables. */
  variables: string;
  caller: GatewayContext;
  /** Epoch milliseconds after which nobody waits for the answer. */
  deadline: number;
}

/** What came back. */
export interface SubgraphAnswer {
  response: SubgraphResponse;
  /** Of an HTTP answer. */
  headers?: IncomingHttpHeaders;
}

/** Sends a call to one subgraph. Throws InvalidAnswer, NotServed, or whatever went wrong on the way. */
export type Transport = (call: SubgraphCall, signal: AbortSignal) => Promise<SubgraphAnswer>;

export interface TransportOptions {
  /** Makes the client of Lambda, when the first function is to be invoked. */
  lambda: () => LambdaClient;
  /** What a function's name has before the subgraph's: `lambda://listings` is invoked as `${functionPrefix}listings`. */
  functionPrefix: string;
}

/** The transport that an address in the supergraph asks for: `lambda://NAME` is invoked, `http(s)://` is sent a POST. */
export function transportFor(address: string, { lambda, functionPrefix }: TransportOptions): Transport {
  const [scheme, rest = ''] = address.split('://');
  if (scheme === 'lambda') return invoke(lambda(), `${functionPrefix}${rest}`);
  if (scheme === 'http' || scheme === 'https') return post(address);
  throw new Error(`The supergraph has the address "${address}": it must begin with lambda://, http:// or https://`);
}
