import { type DirectiveNode, Kind, type ValueNode } from 'graphql';
import type { Condition } from '../program.ts';

const WANTED: Record<string, boolean | undefined> = { include: true, skip: false };

/** The value that a `@skip` or `@include` wants of its argument. */
function read({ name, arguments: given }: DirectiveNode): { wanted: boolean; value: ValueNode } | undefined {
  const wanted = WANTED[name.value];
  const value = given?.find((argument) => argument.name.value === 'if')?.value;
  return wanted === undefined || !value ? undefined : { wanted, value };
}

/** Whether a condition always or never holds; `undefined` for one that depends, and for other directives. */
export function constantCondition(directive: DirectiveNode): boolean | undefined {
  const condition = read(directive);
  return condition?.value.kind === Kind.BOOLEAN ? condition.value.value === condition.wanted : undefined;
}

/** What must hold for a selection to be in the answer; https://spec.graphql.org/October2021/#sec--skip */
export function conditionsOf(directives: readonly DirectiveNode[]): Condition[] | 'never' {
  if (directives.some((each) => constantCondition(each) === false)) return 'never';
  return directives.flatMap((directive) => {
    const condition = read(directive);
    if (condition?.value.kind !== Kind.VARIABLE) return [];
    return [{ variable: condition.value.name.value, is: condition.wanted }];
  });
}
