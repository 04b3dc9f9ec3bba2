import { discoverSubgraphs } from '../build/discover.ts';

/** What `cdk deploy` is asked for. */
export interface Deployment {
  /** Names of stacks, in rounds: one begins when the one before has gone well. */
  rounds: string[][];
  stage: string;
}

const STAGES = ['dev', 'prod'];
/** Stacks that are no subgraph's. */
const OTHERS = ['operations', 'identity', 'events', 'gateway'];

/**
 * Reads what should be deployed: the gateway last, since its deployment fails when a subgraph lacks what it relies on. A name
 * that is no service or stage is an error that says which there are.
 */
export function deploymentFrom(graph: string, services: string[], stage: string): Deployment {
  if (!STAGES.includes(stage)) throw new Error(`There is no stage "${stage}": choose one of ${STAGES.join(', ')}.`);
  const known = [...discoverSubgraphs().map(({ name }) => name), ...OTHERS];
  const unknown = services.find((service) => !known.includes(service));
  if (unknown) throw new Error(`There is no service "${unknown}": choose of ${known.join(', ')}.`);
  const asked = services.length > 0 ? services : known;
  const rounds = [asked.filter((service) => service !== 'gateway'), asked.filter((service) => service === 'gateway')];
  return {
    stage,
    rounds: rounds
      .filter((round) => round.length > 0)
      .map((round) => round.map((service) => `${graph}-${stage}-${service}`)),
  };
}
