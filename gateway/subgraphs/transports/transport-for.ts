import { loadOnce } from '#platform/load-once.ts';
import { invoke, type LambdaEndpoint } from './invoke.ts';
import type { Transport } from './transport.ts';

export interface TransportOptions {
  lambda: LambdaEndpoint;
  /** Prefix of function names: `lambda://NAME` invokes `${functionPrefix}NAME`. */
  functionPrefix: string;
}

/** Returns the transport for an address in the supergraph: `lambda://NAME` or `http(s)://`. */
export function transportFor(address: string, { lambda, functionPrefix }: TransportOptions): Transport {
  const [scheme, rest = ''] = address.split('://');
  if (scheme === 'lambda') return invoke(lambda, `${functionPrefix}${rest}`);
  if (scheme === 'http' || scheme === 'https') return lazyTransport(() => httpTransport(address));
  throw new Error(`The supergraph has the address "${address}": it must begin with lambda://, http:// or https://`);
}

async function httpTransport(address: string): Promise<Transport> {
  const { post } = await import('./http.ts');
  return post(address);
}

/** Returns a transport that is loaded on the first call. */
function lazyTransport(load: () => Promise<Transport>): Transport {
  const loaded = loadOnce(load);
  return async (call, limit) => (await loaded())(call, limit);
}
