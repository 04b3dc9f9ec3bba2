import {
  type ConstDirectiveNode,
  type DocumentNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  visit,
} from 'graphql';
import { DirectiveNames } from '#platform/federation/directive-names.ts';

/**
 * Takes from a supergraph the keys by which a subgraph resolves nothing, where it has another key by which it does. The
 * planner, when it comes back to a subgraph, takes the first key that it finds and does not ask whether it resolves.
 */
export function withoutIdleKeys(supergraph: DocumentNode): DocumentNode {
  const names = new DirectiveNames(supergraph);

  function withoutOwnIdleKeys<Node extends ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode>(node: Node): Node {
    const keys = names.applied('joinType', node);
    const resolving = new Set(keys.filter((key) => has(key, 'key') && !isIdle(key)).map(graphOf));
    const isNeedless = (key: ConstDirectiveNode) => keys.includes(key) && isIdle(key) && resolving.has(graphOf(key));
    return { ...node, directives: node.directives?.filter((directive) => !isNeedless(directive)) };
  }

  return visit(supergraph, { ObjectTypeDefinition: withoutOwnIdleKeys, InterfaceTypeDefinition: withoutOwnIdleKeys });
}

function isIdle(key: ConstDirectiveNode): boolean {
  const resolvable = argument(key, 'resolvable');
  return resolvable?.kind === Kind.BOOLEAN && !resolvable.value;
}

function graphOf(key: ConstDirectiveNode): string {
  const graph = argument(key, 'graph');
  return graph?.kind === Kind.ENUM ? graph.value : '';
}

function has(key: ConstDirectiveNode, name: string): boolean {
  return argument(key, name) !== undefined;
}

function argument({ arguments: given = [] }: ConstDirectiveNode, name: string) {
  return given.find((each) => each.name.value === name)?.value;
}
