import type { GatewayContext } from './context.ts';
import type { Surroundings } from './engine/run/execution.ts';
import { SubgraphClient } from './subgraph-client.ts';
import type { Transport } from './transports/transport.ts';

/** Makes what sends operations to the subgraphs of a request, by their addresses; the way to one is made when it is first called. */
export function subgraphSender(
  addresses: Readonly<Record<string, string>>,
  transportFor: (address: string) => Transport,
): (context: GatewayContext) => Surroundings['send'] {
  const clients = new Map<string, SubgraphClient>();
  const clientOf = (name: string) => {
    const known = clients.get(name);
    if (known) return known;
    const client = new SubgraphClient({ name, transport: transportFor(addresses[name] ?? '') });
    clients.set(name, client);
    return client;
  };
  return (context) => (service, operation, variables) => clientOf(service).send(operation, variables, context);
}
