import { getNullableType, isListType } from 'graphql';
import { outputFields } from './api-elements.ts';
import type { Rule } from './rule.ts';

/** Requires lists to be bounded: the edges of a connection, or an argument `first`. */
export const unboundedList: Rule = {
  name: 'unbounded-list',
  hint: 'Make it a connection, or give it an argument `first`. If the domain bounds it, add a comment above it: # allow unbounded-list: reason',
  check: ({ api }) =>
    outputFields(api)
      .filter(({ field }) => isListType(getNullableType(field.type)))
      .filter(({ parent, field }) => !parent.endsWith('Connection') && !field.args.some(({ name }) => name === 'first'))
      .map(({ coordinate }) => ({ coordinate, message: `The list ${coordinate} has no bound.` })),
};
