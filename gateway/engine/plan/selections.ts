import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Selection } from '../program.ts';
import { conditionsOf } from './conditions.ts';
import type { DeferredFragments } from './deferred-fragments.ts';
import type { SourceNames } from './source-names.ts';

/** The client's selections and named fragments. */
export interface ClientSelections {
  selections: Selection[];
  fragments: Record<string, Selection[]>;
}

export interface SelectionRules {
  sourceOf: SourceNames;
  withheld: ReadonlySet<FieldNode>;
  deferred: DeferredFragments;
}

/** Converts a client's selections: marks withheld fields and deferred fragments, and drops selections that are always skipped. */
export function selectionsOf(
  operation: OperationDefinitionNode,
  document: DocumentNode,
  { sourceOf, withheld, deferred }: SelectionRules,
): ClientSelections {
  const definitions = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  const typeConditions = new Map(definitions.map(({ name, typeCondition }) => [name.value, typeCondition.name.value]));

  const selectionsIn = ({ selections }: SelectionSetNode): Selection[] =>
    selections.flatMap((node) => {
      const when = conditionsOf(node.directives ?? []);
      return when === 'never' ? [] : [{ ...selection(node), ...(when.length > 0 && { when }) }];
    });

  function selection(node: SelectionNode): Selection {
    if (node.kind === Kind.FIELD) return fieldSelection(node);
    const index = deferred.indexOf(node);
    const deferral = index === undefined ? {} : { deferred: index };
    if (node.kind === Kind.FRAGMENT_SPREAD)
      return { fragment: node.name.value, on: typeConditions.get(node.name.value) ?? '', ...deferral };
    const on = node.typeCondition?.name.value;
    return { ...(on && { on }), select: selectionsIn(node.selectionSet), ...deferral };
  }

  function fieldSelection(node: FieldNode): Selection {
    const field = node.name.value;
    const source = sourceOf(node);
    return {
      key: node.alias?.value ?? field,
      field,
      ...(source !== field && { source }),
      ...(withheld.has(node) && { withheld: true as const }),
      ...(node.selectionSet && !field.startsWith('__') && { select: selectionsIn(node.selectionSet) }),
    };
  }

  const fragments = definitions.map((each: FragmentDefinitionNode) => [
    each.name.value,
    selectionsIn(each.selectionSet),
  ]);
  return { selections: selectionsIn(operation.selectionSet), fragments: Object.fromEntries(fragments) };
}
