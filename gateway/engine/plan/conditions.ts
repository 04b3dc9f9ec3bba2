import { type DirectiveNode, Kind, type ValueNode } from 'graphql';
import type { Condition } from '../program.ts';

const REQUIRED_VALUE: Record<string, boolean | undefined> = { include: true, skip: false };

/** Reads the argument of `@skip` or `@include`, and the value that keeps the selection. */
function readCondition({ name, arguments: given }: DirectiveNode): { required: boolean; value: ValueNode } | undefined {
  const required = REQUIRED_VALUE[name.value];
  const value = given?.find((argument) => argument.name.value === 'if')?.value;
  return required === undefined || !value ? undefined : { required, value };
}

/** Returns a condition's constant result; `undefined` if it depends on a variable, and for other directives. */
export function constantCondition(directive: DirectiveNode): boolean | undefined {
  const condition = readCondition(directive);
  return condition?.value.kind === Kind.BOOLEAN ? condition.value.value === condition.required : undefined;
}

/** Returns the conditions of a selection; `never` if it is always skipped. https://spec.graphql.org/October2021/#sec--skip */
export function conditionsOf(directives: readonly DirectiveNode[]): Condition[] | 'never' {
  if (directives.some((each) => constantCondition(each) === false)) return 'never';
  return directives.flatMap((directive) => {
    const condition = readCondition(directive);
    if (condition?.value.kind !== Kind.VARIABLE) return [];
    return [{ variable: condition.value.name.value, is: condition.required }];
  });
}
