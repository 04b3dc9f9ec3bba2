import { LIVE_ALIAS, SUBSCRIPTION_FUNCTIONS } from '#platform/function-names.ts';
import { closest } from '../build/closest.ts';
import { checkStage, serviceName } from '../infra/settings.ts';
import { DeployedFunctions } from '../local/aws/lambda/deployed-functions.ts';

/** Subgraphs to run locally, and the stage of the others. */
export interface PartialRun {
  /** Names of the local subgraphs. */
  only: string[];
  /** Stage in which the others are deployed. */
  with: string;
}

/** Parses `--only` and `--with`; undefined without them. Throws if they are invalid. */
export function parsePartialRun(
  only: string | undefined,
  stage: string | undefined,
  known: string[],
): PartialRun | undefined {
  if (only === undefined && stage === undefined) return undefined;
  if (!only || !stage)
    throw new Error('--only and --with must be used together: the subgraphs to run here, and the stage of the others.');
  checkStage(stage);
  const names = only.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return { only: names, with: stage };
  const near = closest(unknown, known);
  throw new Error(
    `There is no subgraph "${unknown}".${near ? ` Perhaps "${near}"?` : ''} The subgraphs are ${known.join(', ')}.`,
  );
}

/** Functions of the gateway, which always run locally. */
const GATEWAY_FUNCTIONS = ['gateway', ...SUBSCRIPTION_FUNCTIONS, 'usage-reporter', 'schema-check'];

export interface PartialRunOptions {
  graph: string;
  /** Stage whose settings the local functions use. */
  stage: string;
  part: PartialRun;
  /** Names of all subgraphs. */
  subgraphs: string[];
}

/**
 * Returns a filter for the local functions and an invoker of the deployed ones, which uses the default AWS credentials. Throws
 * if a deployed function cannot be reached.
 */
export async function resolvePartialRun({ graph, stage, part, subgraphs }: PartialRunOptions) {
  const localName = (service: string) => serviceName({ graph, stage }, service);
  const names = [...GATEWAY_FUNCTIONS, ...part.only.flatMap((name) => [name, `${name}-consumer`, `${name}-publisher`])];
  const local = new Set(names.map(localName));
  const deployed = new DeployedFunctions({
    stage: part.with,
    nameOf: (name) => serviceName({ graph, stage: part.with }, name.slice(localName('').length)),
  });
  const others = subgraphs.filter((name) => !part.only.includes(name));
  await deployed.check(others.map(localName), LIVE_ALIAS);
  return { runs: (name: string) => local.has(name), deployed };
}
