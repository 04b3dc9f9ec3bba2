import { discoverSubgraphs, graphName, ROOT } from '../build/discover.ts';
import { settingsFor } from '../infra/settings.ts';

/** What `cdk deploy` is asked for. */
export interface Deployment {
  /** Names of stacks, in rounds: one begins when the one before has gone well. */
  rounds: string[][];
  stage: string;
  /** The firewall's stack, which is deployed first, and the stack that has it before it. */
  firewall?: { stack: string; before: string };
}

/** Stacks that are no subgraph's. */
const OTHERS = ['operations', 'identity', 'events', 'gateway'];

/**
 * Reads what should be deployed: the gateway last, since its deployment fails when a subgraph lacks what it relies on. A name
 * that is no service or stage is an error that says which there are.
 */
export function deploymentFrom(services: string[], stage: string, root = ROOT): Deployment {
  const graph = graphName(root);
  const { edge } = settingsFor(graph, stage);
  const known = [...discoverSubgraphs(root).map(({ name }) => name), ...OTHERS];
  const unknown = services.find((service) => !known.includes(service));
  if (unknown) throw new Error(`There is no service "${unknown}": choose of ${known.join(', ')}.`);
  const stackOf = (service: string) => `${graph}-${stage}-${service}`;
  const asked = services.length > 0 ? services : known;
  const rounds = [asked.filter((service) => service !== 'gateway'), asked.filter((service) => service === 'gateway')];
  return {
    stage,
    rounds: rounds.filter((round) => round.length > 0).map((round) => round.map(stackOf)),
    ...(edge && asked.includes('gateway') && { firewall: { stack: stackOf('firewall'), before: stackOf('gateway') } }),
  };
}
