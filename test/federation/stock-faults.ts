import { type GraphQLField, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import type { Operation } from './operations.ts';
import { withAliasesFor, withFreshAliases, withoutConditions, withoutFields, withTypenames } from './rewrites.ts';

/** Kind of operation that the stock executor handles wrongly. */
export interface StockFault {
  name: string;
  /** Rewrites an operation so that the fault does not apply: the stock executor must then be right. */
  avoid: (operation: Operation) => Operation;
}

/** Interface that one service declares as an object (`@interfaceObject`). */
interface InterfaceObject {
  /** Schema of that service. */
  schema: GraphQLSchema;
  type: string;
}

/** With more faults at once, almost any difference would be explained. */
const MAX_AT_ONCE = 3;

/** Returns the known faults of the stock executor. */
export function stockFaults(schema: GraphQLSchema, interfaceObject: InterfaceObject): StockFault[] {
  const withArguments = fieldNames(schema, ({ args }) => args.length > 0);
  const ofInterfaceObject = fieldsOf(interfaceObject);
  return [
    { name: 'an alias hides a key or a required field', avoid: withFreshAliases },
    {
      name: '`@requires` and the client use a field with different arguments',
      avoid: (operation) => withAliasesFor(withArguments, operation),
    },
    { name: 'conditions empty a selection', avoid: withoutConditions },
    { name: 'a type condition without `__typename`', avoid: withTypenames },
    {
      name: 'the name of an interface object replaces the type’s',
      avoid: (operation) => withoutFields(ofInterfaceObject, operation),
    },
  ];
}

/**
 * Returns the fewest faults that explain a wrong response: avoiding all of them makes it right. Undefined if none do.
 */
export async function explanation(
  operation: Operation,
  faults: readonly StockFault[],
  isRight: (operation: Operation) => Promise<boolean>,
): Promise<string[] | undefined> {
  for (const some of combinations(faults)) {
    if (await isRight(some.reduce((rewritten, { avoid }) => avoid(rewritten), operation)))
      return some.map(({ name }) => name);
  }
  return undefined;
}

/** Returns all combinations of one to three values, small ones first. */
function combinations<Value>(values: readonly Value[]): Value[][] {
  let all: Value[][] = [[]];
  for (const value of values) all = all.concat(all.map((each) => [...each, value]));
  return all.filter(({ length }) => length > 0 && length <= MAX_AT_ONCE).sort((a, b) => a.length - b.length);
}

/** Returns the fields of an interface object without its key, and the fields of its type. */
function fieldsOf({ schema, type }: InterfaceObject): Set<string> {
  return fieldNames(
    schema,
    ({ name, type: output }, parent) => (parent === type && name !== 'id') || getNamedType(output).name === type,
  );
}

function fieldNames(
  schema: GraphQLSchema,
  matches: (field: GraphQLField<unknown, unknown>, parent: string) => boolean,
): Set<string> {
  const found = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()).filter((field) => matches(field, type.name)));
  return new Set(found.map(({ name }) => name));
}
