import {
  type ArgumentNode,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  getNamedType,
  isInputObjectType,
  Kind,
  type ValueNode,
} from 'graphql';
import type { ListSize } from './cost-hints.ts';
import { type SizeSource, type ValueSource, valueAtPath } from './estimate-cost.ts';

/** Default values of an operation's variables, by name. */
export type VariableDefaults = ReadonlyMap<string, unknown>;

type Input = Pick<GraphQLArgument | GraphQLInputField, 'type' | 'defaultValue'>;

/** Returns the sources of a list's length among the field's arguments: numbers, lists and ranges of days. */
export function sizeSources(
  { slicingArguments = [], days }: ListSize,
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  defaults: VariableDefaults,
): SizeSource[] {
  const sourceOf = (argument: string) => argumentSource(argument, node, field, defaults);
  const counts = slicingArguments.map(sourceOf).filter((source) => source !== undefined);
  return days ? [...counts, { days: days.map(sourceOf) }] : counts;
}

/** Reads one argument; a dot separates input fields: `filter.limit`. */
function argumentSource(
  argument: string,
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  defaults: VariableDefaults,
): ValueSource | undefined {
  const [name = '', ...path] = argument.split('.');
  const input = field.args.find((each) => each.name === name);
  const given: ArgumentNode | undefined = node.arguments?.find((each) => each.name.value === name);
  return input && literalSource(given?.value, input, path, defaults);
}

function literalSource(
  node: ValueNode | undefined,
  input: Input,
  path: string[],
  defaults: VariableDefaults,
): ValueSource | undefined {
  if (!node || node.kind === Kind.NULL) return constant(valueAt(undefined, input, path));
  if (node.kind === Kind.VARIABLE) return variableSource(node.name.value, input, path, defaults);
  const [step, ...rest] = path;
  if (step === undefined) return literalSize(node);
  const inner = fieldOf(input, step);
  if (node.kind !== Kind.OBJECT || !inner) return undefined;
  return literalSource(node.fields.find(({ name }) => name.value === step)?.value, inner, rest, defaults);
}

function literalSize(node: ValueNode): ValueSource | undefined {
  if (node.kind === Kind.INT) return Number(node.value);
  if (node.kind === Kind.LIST) return node.values.length;
  return node.kind === Kind.STRING ? node.value : undefined;
}

function variableSource(variable: string, input: Input, path: string[], defaults: VariableDefaults): ValueSource {
  const ifOmitted = constant(valueAt(defaults.get(variable), input, path));
  const ifPartial = path.length > 0 ? constant(defaultWithin(input, path)) : undefined;
  return {
    variable,
    path,
    ...(ifOmitted !== undefined && { ifOmitted }),
    ...(ifPartial !== undefined && { ifPartial }),
  };
}

/** Returns the value at a path, with the schema's defaults for omitted values. */
function valueAt(given: unknown, input: Input, path: string[]): unknown {
  const value = given ?? input.defaultValue;
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const inner = fieldOf(input, step);
  return typeof value === 'object' && value !== null && inner
    ? valueAt(valueAtPath(value, [step]), inner, rest)
    : undefined;
}

/** Returns the schema's default at a path within a provided input object. */
function defaultWithin(input: Input, path: string[]): unknown {
  return valueAt({}, { ...input, defaultValue: undefined }, path);
}

function fieldOf({ type }: Input, name: string): Input | undefined {
  const named = getNamedType(type);
  return isInputObjectType(named) ? named.getFields()[name] : undefined;
}

function constant(value: unknown): number | string | undefined {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'number' || typeof value === 'string' ? value : undefined;
}
