import { LIVE_ALIAS } from '#platform/function-names.ts';
import { closest } from '../build/closest.ts';
import { checkStage, serviceName } from '../infra/settings.ts';
import { DeployedFunctions } from '../local/lambda/deployed-functions.ts';

/** What of a graph is run here, and where the rest is. */
export interface PartOfGraph {
  /** Names of subgraphs. */
  only: string[];
  /** The stage in which all others are deployed. */
  with: string;
}

/** Reads `--only` and `--with`; undefined if neither is given. Throws an error that says what is wrong with them. */
export function partOfGraph(
  only: string | undefined,
  stage: string | undefined,
  known: string[],
): PartOfGraph | undefined {
  if (only === undefined && stage === undefined) return undefined;
  if (!only || !stage)
    throw new Error(
      '--only and --with go together: which subgraphs run here, and the stage where the others are deployed.',
    );
  checkStage(stage);
  const names = only.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return { only: names, with: stage };
  const near = closest(unknown, known);
  throw new Error(
    `There is no subgraph "${unknown}".${near ? ` Perhaps "${near}"?` : ''} There are ${known.join(', ')}.`,
  );
}

/** Functions that serve the gateway and are called after none of the subgraphs. */
const OF_GATEWAY = ['gateway', 'usage-reporter', 'schema-check'];

export interface PartOptions {
  graph: string;
  /** The stage whose settings are run here. */
  stage: string;
  part: PartOfGraph;
  /** Every subgraph. */
  subgraphs: string[];
}

/**
 * Returns which functions run here and what invokes the others; throws an error in one line if it cannot. `part.with` is reached
 * with the operator's own credentials, as AWS's tools find them.
 */
export async function runPart({ graph, stage, part, subgraphs }: PartOptions) {
  const here = (service: string) => serviceName({ graph, stage }, service);
  const names = [...OF_GATEWAY, ...part.only.flatMap((name) => [name, `${name}-consumer`, `${name}-publisher`])];
  const running = new Set(names.map(here));
  const deployed = new DeployedFunctions({
    stage: part.with,
    nameOf: (name) => serviceName({ graph, stage: part.with }, name.slice(here('').length)),
  });
  const others = subgraphs.filter((name) => !part.only.includes(name));
  await deployed.check(others.map(here), LIVE_ALIAS);
  return { runs: (name: string) => running.has(name), deployed };
}
