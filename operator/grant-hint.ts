import type { SubgraphFolder } from '../build/discover.ts';
import type { DeniedCall } from '../local/aws/aws-endpoint.ts';

/** Item actions that a `subgraph.config.ts` can grant. */
const ITEM_ACTION = /^dynamodb:((?:BatchGet|Get|Put|Update|Delete|ConditionCheck)Item|Query)$/;

/**
 * Returns advice on how to grant a denied call in a subgraph's configuration; undefined if no configuration can grant it.
 * `prefix` is `GRAPH-STAGE-`.
 */
export function grantHint(
  { functionName, action, resource }: DeniedCall,
  prefix: string,
  subgraphs: Pick<SubgraphFolder, 'name'>[],
): string | undefined {
  const [, itemAction] = ITEM_ACTION.exec(action) ?? [];
  const [, table] = /:table\/([^/]+)/.exec(resource) ?? [];
  const owner = subgraphs.find(({ name }) => table === `${prefix}${name}`);
  if (!itemAction || !owner) return undefined;
  const role = { [`${prefix}${owner.name}`]: 'service', [`${prefix}${owner.name}-consumer`]: 'consumer' }[functionName];
  if (role) return `Add '${itemAction}' to table.access.${role} in subgraphs/${owner.name}/subgraph.config.ts.`;
  return `The table belongs to ${owner.name}: query that service or consume its events. A service cannot access another's table.`;
}
