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
 * Removes keys with `resolvable: false` from types for which the same subgraph has a resolvable key: when a plan returns to a
 * subgraph, the planner uses the first key without checking `resolvable`.
 */
export function removeUnresolvableKeys(supergraph: DocumentNode): DocumentNode {
  const names = new DirectiveNames(supergraph);

  function removeFrom<Node extends ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode>(node: Node): Node {
    const keys = names.applied('joinType', node);
    const resolving = new Set(keys.filter((key) => hasArgument(key, 'key') && !isUnresolvable(key)).map(graphOf));
    const isRedundant = (key: ConstDirectiveNode) =>
      keys.includes(key) && isUnresolvable(key) && resolving.has(graphOf(key));
    return { ...node, directives: node.directives?.filter((directive) => !isRedundant(directive)) };
  }

  return visit(supergraph, { ObjectTypeDefinition: removeFrom, InterfaceTypeDefinition: removeFrom });
}

function isUnresolvable(key: ConstDirectiveNode): boolean {
  const resolvable = argument(key, 'resolvable');
  return resolvable?.kind === Kind.BOOLEAN && !resolvable.value;
}

function graphOf(key: ConstDirectiveNode): string {
  const graph = argument(key, 'graph');
  return graph?.kind === Kind.ENUM ? graph.value : '';
}

function hasArgument(key: ConstDirectiveNode, name: string): boolean {
  return argument(key, name) !== undefined;
}

function argument({ arguments: given = [] }: ConstDirectiveNode, name: string) {
  return given.find((each) => each.name.value === name)?.value;
}
