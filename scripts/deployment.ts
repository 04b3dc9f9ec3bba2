import { discoverSubgraphs } from '../build/discover.ts';
import { settingsFor } from '../infra/settings.ts';

/** What `cdk deploy` is asked for. */
export interface Deployment {
  /** Names of stacks, or `--all`. */
  stacks: string[];
  stage: string;
  /** The firewall's stack, which is deployed first, and the stack that has it before it. */
  firewall?: { stack: string; before: string };
}

/** Stacks that are no subgraph's. */
const OTHERS = ['gateway', 'identity', 'events', 'operations'];

/** Reads what should be deployed; a name that is no service or stage is an error that says which there are. */
export function deploymentFrom(graph: string, services: string[], stage: string): Deployment {
  const { edge } = settingsFor(graph, stage);
  const known = [...discoverSubgraphs().map(({ name }) => name), ...OTHERS];
  const unknown = services.find((service) => !known.includes(service));
  if (unknown) throw new Error(`There is no service "${unknown}": choose of ${known.join(', ')}.`);
  const stackOf = (service: string) => `${graph}-${stage}-${service}`;
  const isOfGateway = services.length === 0 || services.includes('gateway');
  return {
    stage,
    stacks: services.length > 0 ? services.map(stackOf) : ['--all'],
    ...(edge && isOfGateway && { firewall: { stack: stackOf('firewall'), before: stackOf('gateway') } }),
  };
}
