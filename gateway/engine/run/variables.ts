import { GraphQLError } from 'graphql/error/index.js';
import type { InputType, Json, Program, ProgramVariable } from '../program.ts';
import { parseTypeRef, type TypeRef } from '../type-ref.ts';

/** A client's validated variables. */
export interface Variables {
  /** Values by the client's names, defaults included. */
  values: Record<string, unknown>;
  /** JSON members for subgraph requests, such as `"first":10`, by their names in subgraph operations. */
  jsonMembers: Map<string, string>;
}

/** Validates the variables of a request. Throws a GraphQLError if one is not valid. */
export type VariableCoercer = (inputs: Readonly<Record<string, unknown>>) => Variables;

/** https://spec.graphql.org/October2021/#sec-Coercing-Variable-Values */
export function variableCoercer({ variables, inputTypes }: Pick<Program, 'variables' | 'inputTypes'>): VariableCoercer {
  const types = variables.map((variable) => ({ variable, type: parseTypeRef(variable.type) }));
  return (inputs) => {
    const coerced: Variables = { values: {}, jsonMembers: new Map() };
    for (const { variable, type } of types) coerceVariable(variable, type, inputs, coerced, inputTypes);
    return coerced;
  };
}

function coerceVariable(
  variable: ProgramVariable,
  type: TypeRef,
  inputs: Readonly<Record<string, unknown>>,
  coerced: Variables,
  inputTypes: Record<string, InputType>,
): void {
  const { name, sentAs = name } = variable;
  const value = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
  if (value === undefined) {
    if (variable.default !== undefined) coerced.values[name] = variable.default;
    else if (type.nonNull)
      throw badVariable(`Variable "$${name}" of required type "${variable.type}" was not provided.`);
    return;
  }
  if (value === null && type.nonNull) {
    throw badVariable(`Variable "$${name}" of non-null type "${variable.type}" must not be null.`);
  }
  const problem = findProblem(value, type, inputTypes, '');
  if (problem) {
    const at = problem.at ? ` at "${name}${problem.at}"` : '';
    throw badVariable(`Variable "$${name}" got invalid value ${inspect(problem.value)}${at}; ${problem.message}`);
  }
  coerced.values[name] = value;
  coerced.jsonMembers.set(sentAs, `${JSON.stringify(sentAs)}:${jsonOf(value, name)}`);
}

/** Serializes a value. A custom scalar can be nested so deeply that `JSON.stringify` overflows the stack. */
function jsonOf(value: unknown, variable: string): string {
  try {
    return JSON.stringify(value);
  } catch {
    throw badVariable(`The value of variable "$${variable}" is nested too deeply.`);
  }
}

interface Problem {
  at: string;
  value: unknown;
  message: string;
}

/** Returns the first problem of an input value, if any; https://spec.graphql.org/October2021/#sec-Input-Coercion */
function findProblem(
  value: unknown,
  type: TypeRef,
  inputTypes: Record<string, InputType>,
  at: string,
): Problem | undefined {
  if (value === null || value === undefined) {
    return type.nonNull
      ? { at, value, message: `Expected non-nullable type "${textOf(type)}" not to be null.` }
      : undefined;
  }
  if ('item' in type) {
    // A single value is coerced to a list of one item.
    if (!Array.isArray(value)) return findProblem(value, type.item, inputTypes, at);
    return firstProblem(value, (each, index) => findProblem(each, type.item, inputTypes, `${at}[${index}]`));
  }
  const builtIn = BUILT_IN[type.name];
  if (builtIn)
    return builtIn.accepts(value)
      ? undefined
      : { at, value, message: `${type.name} ${builtIn.refusal} ${inspect(value)}` };
  const inputType = inputTypes[type.name];
  if (inputType?.kind === 'enum') return enumProblem(value, type.name, inputType.values, at);
  return inputType?.kind === 'input' ? objectProblem(value, type.name, inputType, inputTypes, at) : undefined;
}

function enumProblem(value: unknown, name: string, values: string[], at: string): Problem | undefined {
  if (typeof value !== 'string')
    return { at, value, message: `Enum "${name}" cannot represent non-string value: ${inspect(value)}.` };
  return values.includes(value)
    ? undefined
    : { at, value, message: `Value "${value}" does not exist in "${name}" enum.` };
}

function objectProblem(
  value: unknown,
  name: string,
  { fields, oneOf }: InputType & { kind: 'input' },
  inputTypes: Record<string, InputType>,
  at: string,
): Problem | undefined {
  if (!isRecord(value)) return { at, value, message: `Expected type "${name}" to be an object.` };
  const unknown = Object.keys(value).find((key) => !Object.hasOwn(fields, key));
  if (unknown !== undefined) return { at, value, message: `Field "${unknown}" is not defined by type "${name}".` };
  if (oneOf && Object.values(value).filter((each) => each !== undefined).length !== 1) {
    return { at, value, message: `Exactly one key must be specified for OneOf type "${name}".` };
  }
  return firstProblem(Object.entries(fields), ([key, field]) => {
    const type = parseTypeRef(field.type);
    if (value[key] !== undefined)
      return findProblem(value[key], oneOf ? { ...type, nonNull: true } : type, inputTypes, `${at}.${key}`);
    if (!type.nonNull || field.hasDefault) return undefined;
    return { at, value, message: `Field "${key}" of required type "${field.type}" was not provided.` };
  });
}

function firstProblem<T>(values: T[], find: (value: T, index: number) => Problem | undefined): Problem | undefined {
  for (const [index, value] of values.entries()) {
    const problem = find(value, index);
    if (problem) return problem;
  }
  return undefined;
}

interface BuiltInScalar {
  accepts: (value: unknown) => boolean;
  refusal: string;
}

/** Input coercion of the built-in scalars; https://spec.graphql.org/October2021/#sec-Scalars.Built-in-Scalars */
const BUILT_IN: Record<string, BuiltInScalar | undefined> = {
  Int: {
    accepts: (value) => Number.isInteger(value) && Math.abs(Number(value) + 0.5) < 2 ** 31,
    refusal: 'cannot represent non 32-bit signed integer value:',
  },
  Float: { accepts: (value) => Number.isFinite(value), refusal: 'cannot represent non numeric value:' },
  String: { accepts: (value) => typeof value === 'string', refusal: 'cannot represent a non string value:' },
  Boolean: { accepts: (value) => typeof value === 'boolean', refusal: 'cannot represent a non boolean value:' },
  ID: { accepts: (value) => typeof value === 'string' || Number.isInteger(value), refusal: 'cannot represent value:' },
};

function isRecord(value: unknown): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(type: TypeRef): string {
  return `${'item' in type ? `[${textOf(type.item)}]` : type.name}${type.nonNull ? '!' : ''}`;
}

const MAX_SHOWN = 100;

/** Formats a client's value for an error message, truncated. */
function inspect(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

function badVariable(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } });
}
