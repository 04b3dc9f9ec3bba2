import type { SubgraphFolder } from '../build/discover.ts';
import type { DeniedCall } from '../local/aws/aws-endpoint.ts';

/** The rights on items that a `subgraph.config.ts` can give: the calls that are named like them. */
const ON_ITEMS = /^dynamodb:((?:BatchGet|Get|Put|Update|Delete|ConditionCheck)Item|Query)$/;

/**
 * Returns the line that would allow a function a call, and the configuration that it belongs in; undefined where no configuration
 * gives the right. `prefix` is the first part of the graph's names: `GRAPH-STAGE-`.
 */
export function grantHint(
  { functionName, action, resource }: DeniedCall,
  prefix: string,
  subgraphs: Pick<SubgraphFolder, 'name'>[],
): string | undefined {
  const [, right] = ON_ITEMS.exec(action) ?? [];
  const [, table] = /:table\/([^/]+)/.exec(resource) ?? [];
  const own = subgraphs.find(({ name }) => table === `${prefix}${name}`);
  if (!right || !own) return undefined;
  const as = { [`${prefix}${own.name}`]: 'service', [`${prefix}${own.name}-consumer`]: 'consumer' }[functionName];
  if (as) return `Add '${right}' to table.access.${as} in subgraphs/${own.name}/subgraph.config.ts.`;
  return `The table is that of ${own.name}: ask that service, or listen to its events. No service is given the table of another.`;
}
