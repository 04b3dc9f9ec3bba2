import { discoverSubgraphs, graphName, ROOT } from '../build/discover.ts';
import { settingsFor } from '../infra/settings.ts';

/** Input for `cdk deploy`. */
export interface Deployment {
  /** Stack names, in rounds; each round needs the success of the one before. */
  rounds: string[][];
  stage: string;
  /** The firewall's stack, and the stack before which it must be deployed. */
  firewall?: { stack: string; before: string };
}

/** Services that are not subgraphs. */
const OTHERS = ['operations', 'identity', 'events', 'gateway'];

/**
 * Returns the stacks to deploy, all without services. The gateway is last: its deployment fails if a subgraph lacks fields it
 * needs. Throws on an unknown service or stage.
 */
export function deploymentFrom(services: string[], stage: string, root = ROOT): Deployment {
  const graph = graphName(root);
  const { edge } = settingsFor(graph, stage);
  const known = [...discoverSubgraphs(root).map(({ name }) => name), ...OTHERS];
  const unknown = services.find((service) => !known.includes(service));
  if (unknown) throw new Error(`There is no service "${unknown}": choose from ${known.join(', ')}.`);
  const stackOf = (service: string) => `${graph}-${stage}-${service}`;
  const selected = services.length > 0 ? services : known;
  const rounds = [
    selected.filter((service) => service !== 'gateway'),
    selected.filter((service) => service === 'gateway'),
  ];
  return {
    stage,
    rounds: rounds.filter((round) => round.length > 0).map((round) => round.map(stackOf)),
    ...(edge &&
      selected.includes('gateway') && { firewall: { stack: stackOf('firewall'), before: stackOf('gateway') } }),
  };
}
