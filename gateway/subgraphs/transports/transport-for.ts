import { loadedOnce } from '#platform/loaded-once.ts';
import { invoke, type LambdaEndpoint } from './invoke.ts';
import type { Transport } from './transport.ts';

export interface TransportOptions {
  lambda: LambdaEndpoint;
  /** What a function's name has before the subgraph's: `lambda://NAME` is invoked as `${functionPrefix}NAME`. */
  functionPrefix: string;
}

/** The transport that an address in the supergraph asks for: `lambda://NAME` is invoked, `http(s)://` is sent a POST. */
export function transportFor(address: string, { lambda, functionPrefix }: TransportOptions): Transport {
  const [scheme, rest = ''] = address.split('://');
  if (scheme === 'lambda') return invoke(lambda, `${functionPrefix}${rest}`);
  if (scheme === 'http' || scheme === 'https') return lateTransport(() => httpTransport(address));
  throw new Error(`The supergraph has the address "${address}": it must begin with lambda://, http:// or https://`);
}

async function httpTransport(address: string): Promise<Transport> {
  const { post } = await import('./http.ts');
  return post(address);
}

/** A transport that is loaded with the first call. */
function lateTransport(load: () => Promise<Transport>): Transport {
  const loaded = loadedOnce(load);
  return async (call, limit) => (await loaded())(call, limit);
}
