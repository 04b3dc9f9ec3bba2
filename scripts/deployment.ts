import { discoverSubgraphs } from '../build/discover.ts';

/** What `cdk deploy` is asked for. */
export interface Deployment {
  /** Names of stacks, or `--all`. */
  stacks: string[];
  stage: string;
}

const STAGES = ['dev', 'prod'];
/** Stacks that are no subgraph's. */
const OTHERS = ['gateway', 'identity', 'operations'];

/** Reads what should be deployed; a name that is no service or stage is an error that says which there are. */
export function deploymentFrom(graph: string, services: string[], stage: string): Deployment {
  if (!STAGES.includes(stage)) throw new Error(`There is no stage "${stage}": choose one of ${STAGES.join(', ')}.`);
  const known = [...discoverSubgraphs().map(({ name }) => name), ...OTHERS];
  const unknown = services.find((service) => !known.includes(service));
  if (unknown) throw new Error(`There is no service "${unknown}": choose of ${known.join(', ')}.`);
  return { stage, stacks: services.length > 0 ? services.map((service) => `${graph}-${stage}-${service}`) : ['--all'] };
}
