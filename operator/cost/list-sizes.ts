import { Kind, parse, visit } from 'graphql';

/** Arguments that limit a list, https://relay.dev/graphql/connections.htm#sec-Arguments */
const SIZE_ARGUMENTS = new Set(['first', 'last', 'limit']);

/** Returns the variables of an operation that limit lists. */
export function listSizes(text: string): string[] {
  const names = new Set<string>();
  visit(parse(text), {
    Argument: ({ name, value }) => {
      if (SIZE_ARGUMENTS.has(name.value) && value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
