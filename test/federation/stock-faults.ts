import { type GraphQLSchema, isObjectType } from 'graphql';
import type { Operation } from './operations.ts';
import { withAliasesFor, withFreshAliases, withoutConditions, withoutFields, withTypenames } from './rewrites.ts';

/** A kind of operation that the stock executor answers wrongly. */
export interface StockFault {
  name: string;
  /** Takes what is not understood out of an operation: what is left, the stock executor must answer rightly. */
  cure: (operation: Operation) => Operation;
}

/** More faults at once would explain anything. */
const MOST_AT_ONCE = 3;

/** Known faults of the stock executor; `interfaceObjectFields` are those that a service with an `@interfaceObject` gives. */
export function stockFaults(schema: GraphQLSchema, interfaceObjectFields: readonly string[]): StockFault[] {
  const withArguments = fieldsWithArguments(schema);
  const ofInterfaceObject = new Set(interfaceObjectFields);
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

function fieldsWithArguments(schema: GraphQLSchema): Set<string> {
  const fields = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) ? Object.values(type.getFields()) : [],
  );
  return new Set(fields.filter(({ args }) => args.length > 0).map(({ name }) => name));
}
