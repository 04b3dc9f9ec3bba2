import {
  type ASTVisitor,
  type DirectiveNode,
  type FragmentSpreadNode,
  GraphQLError,
  type InlineFragmentNode,
  Kind,
  type ValidationContext,
} from 'graphql';
import { isDefer } from '../engine/plan/deferred-fragments.ts';

/**
 * Validation rule of `@defer`, which graphql-js 16 does not have: labels are unique texts, and the root fields of a mutation
 * are not deferred. https://spec.graphql.org/draft/#sec-Defer-And-Stream-Directive-Labels-Are-Unique
 */
export function DeferRule(context: ValidationContext): ASTVisitor {
  const labels = new Set<string>();
  const report = (message: string, node: DirectiveNode) =>
    context.reportError(new GraphQLError(message, { nodes: node }));

  function checkLabel(directive: DirectiveNode): void {
    const label = directive.arguments?.find(({ name }) => name.value === 'label')?.value;
    if (!label) return;
    if (label.kind !== Kind.STRING) return report('The label of @defer must be a text, not a variable.', directive);
    if (labels.has(label.value)) report(`The label "${label.value}" of @defer must be unique.`, directive);
    labels.add(label.value);
  }

  function check({ directives = [] }: InlineFragmentNode | FragmentSpreadNode): void {
    const directive = directives.find(isDefer);
    if (!directive) return;
    checkLabel(directive);
    const parent = context.getParentType();
    if (parent && parent === context.getSchema().getMutationType())
      report('The root fields of a mutation cannot be deferred.', directive);
  }

  return { InlineFragment: check, FragmentSpread: check };
}
