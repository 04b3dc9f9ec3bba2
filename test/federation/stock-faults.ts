import { type GraphQLField, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import type { Operation } from './operations.ts';
import { withAliasesFor, withFreshAliases, withoutConditions, withoutFields, withTypenames } from './rewrites.ts';

/** A kind of operation that the stock executor answers wrongly. */
export interface StockFault {
  name: string;
  /** Takes what is not understood out of an operation: what is left, the stock executor must answer rightly. */
  cure: (operation: Operation) => Operation;
}

/** A type that is an interface, and to one service an object. */
interface InterfaceObject {
  /** Of the service. */
  schema: GraphQLSchema;
  type: string;
}

/** More faults at once would explain anything. */
const MOST_AT_ONCE = 3;

/** The known faults of the stock executor. */
export function stockFaults(schema: GraphQLSchema, interfaceObject: InterfaceObject): StockFault[] {
  const withArguments = fieldNames(schema, ({ args }) => args.length > 0);
  const ofInterfaceObject = fieldsOf(interfaceObject);
  return [
    { name: 'an alias hides a key or a required field', cure: withFreshAliases },
    {
      name: 'a field is required with other arguments than the client gives',
      cure: (operation) => withAliasesFor(withArguments, operation),
    },
    { name: 'conditions leave nothing of a selection', cure: withoutConditions },
    { name: 'a type condition, and the type’s name is not asked for', cure: withTypenames },
    {
      name: 'the name of an interface object replaces that of the type',
      cure: (operation) => withoutFields(ofInterfaceObject, operation),
    },
  ];
}

/**
 * The fewest faults that explain a wrong answer: once all of them are cured, the answer `isRight`. Undefined if nothing
 * explains it.
 */
export async function explanation(
  operation: Operation,
  faults: readonly StockFault[],
  isRight: (operation: Operation) => Promise<boolean>,
): Promise<string[] | undefined> {
  for (const some of combinations(faults)) {
    if (await isRight(some.reduce((cured, { cure }) => cure(cured), operation))) return some.map(({ name }) => name);
  }
  return undefined;
}

/** All choices of one to three values, small ones first. */
function combinations<Value>(values: readonly Value[]): Value[][] {
  let all: Value[][] = [[]];
  for (const value of values) all = all.concat(all.map((each) => [...each, value]));
  return all.filter(({ length }) => length > 0 && length <= MOST_AT_ONCE).sort((a, b) => a.length - b.length);
}

/** The fields that an interface object has beside its key, and those that lead to one. */
function fieldsOf({ schema, type }: InterfaceObject): Set<string> {
  return fieldNames(
    schema,
    ({ name, type: output }, parent) => (parent === type && name !== 'id') || getNamedType(output).name === type,
  );
}

function fieldNames(
  schema: GraphQLSchema,
  isWanted: (field: GraphQLField<unknown, unknown>, parent: string) => boolean,
): Set<string> {
  const found = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()).filter((field) => isWanted(field, type.name)));
  return new Set(found.map(({ name }) => name));
}
