import { compose } from './composition.ts';
import { deploymentOrder } from './deployment-order.ts';
import { checkOperations } from './operations-check.ts';
import type { RegisteredOperation } from './registered-operations.ts';
import { findingLines } from './report/finding-lines.ts';
import type { SubgraphSdl } from './subgraph-source.ts';
import { readSupergraph } from './supergraph.ts';

/** A gateway that is about to be deployed, and what it will meet. */
export interface GatewayDeployment {
  /** The gateway's own. */
  supergraphSdl: string;
  operations: RegisteredOperation[];
  /** The schemas of the subgraphs as they run now. */
  deployed: SubgraphSdl[];
}

/**
 * Why a gateway must not be deployed now: what runs does not compose, lacks what the gateway would ask for, or a registered
 * operation would break. None, if it may.
 */
export async function reasonsAgainst({ supergraphSdl, operations, deployed }: GatewayDeployment): Promise<string[]> {
  const composed = compose(deployed);
  if (!composed.ok) return composed.errors.map((error) => findingLines(error, (_, text) => text).join('\n'));
  const before = readSupergraph(composed.supergraphSdl, 'What is deployed');
  const after = readSupergraph(supergraphSdl, "The gateway's schema");
  const { steps, hazards } = await deploymentOrder(before.subgraphs, after.subgraphs);
  const first = steps.slice(
    0,
    Math.max(
      0,
      steps.findIndex(({ deploy }) => deploy === 'gateway'),
    ),
  );
  const { broken } = checkOperations(operations, [], { before: after.api, after: after.api });
  return [
    ...first.map(({ deploy, why }) => `Deploy ${deploy} first. ${why.join('; ')}`),
    ...hazards,
    ...broken.map(({ client, operation, reasons }) => `${client}: ${operation} breaks. ${reasons.join('; ')}`),
  ];
}
