import type { ExecutionContext } from '../engine/run/execution.ts';
import type { GatewayHooks } from '../hooks/hooks.ts';
import type { GatewayRequest } from '../request.ts';
import { SubgraphClient } from './subgraph-client.ts';
import type { Transport } from './transports/transport.ts';

export interface SubgraphSenderOptions {
  /** Addresses of the subgraphs by name. */
  addresses: Readonly<Record<string, string>>;
  transportFor: (address: string) => Transport;
  /** Timeout of a subgraph call in milliseconds. */
  timeout?: number | undefined;
  hook?: GatewayHooks['onSubgraphRequest'] | undefined;
}

/** Returns a function that sends operations to subgraphs, with a client per subgraph created on first use. */
export function subgraphSender({
  addresses,
  transportFor,
  timeout,
  hook,
}: SubgraphSenderOptions): (request: GatewayRequest) => ExecutionContext['send'] {
  const clients = new Map<string, SubgraphClient>();
  const clientOf = (name: string) => {
    const known = clients.get(name);
    if (known) return known;
    const client = new SubgraphClient({
      name,
      transport: transportFor(addresses[name] ?? ''),
      ...(timeout && { timeout }),
    });
    clients.set(name, client);
    return client;
  };
  return (request) => (subgraph, operation, variables) => {
    const send = () => clientOf(subgraph).send(operation, variables, request);
    if (!hook) return send();
    const { query } = JSON.parse(`{${operation.members}}`);
    return hook({ subgraph, query, request }, send);
  };
}
