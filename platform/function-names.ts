/** Alias of the deployed version of each function. */
export const LIVE_ALIAS = 'live';

/** Returns the names of a service's functions without graph and stage: the subgraph, its publisher and its consumer. */
export function functionNames(service: { name: string; publishes: boolean; consumes: boolean }): string[] {
  const { name, publishes, consumes } = service;
  return [name, ...(publishes ? [publisherOf(name)] : []), ...(consumes ? [consumerOf(name)] : [])];
}

export function publisherOf(service: string): string {
  return `${service}-publisher`;
}

export function consumerOf(service: string): string {
  return `${service}-consumer`;
}

/** Functions of the gateway for subscriptions: the clients' connections, the fan-out of events, and their delivery. */
export const SUBSCRIPTION_FUNCTIONS = ['gateway-connections', 'gateway-fan-out', 'gateway-delivery'] as const;
