import { fieldArguments, isRoot, outputFields, typesOf } from './api-elements.ts';
import type { Fault, Linted, Rule } from './rule.ts';

/** Conventional types that need no description. */
const NAMED_BY_CONVENTION = /(Connection|Edge|Result|Input)$/;
/** Conventional arguments that need no description. */
const VOCABULARY = new Set(['id', 'input', 'first', 'after', 'filter', 'sort']);

/** Requires descriptions on types, root fields and their arguments. */
export const description: Rule = {
  name: 'description',
  hint: 'Add a "description" above it with what its name does not say.',
  check: (linted) => [...types(linted), ...rootFields(linted), ...rootArguments(linted)],
};

/** Returns the coordinates of fields without a description; only a statistic, as many need none. */
export function undescribedFields({ api }: Linted): string[] {
  return outputFields(api)
    .filter(({ field, parent }) => !field.description && !isRoot(api, parent))
    .map(({ coordinate }) => coordinate);
}

function types({ api }: Linted): Fault[] {
  return typesOf(api)
    .filter(({ name, description: text }) => !text && !isRoot(api, name) && !NAMED_BY_CONVENTION.test(name))
    .map(({ name }) => ({ coordinate: name, message: `The type ${name} has no description.` }));
}

function rootFields({ api }: Linted): Fault[] {
  return outputFields(api)
    .filter(({ field, parent }) => !field.description && isRoot(api, parent))
    .map(({ coordinate }) => ({ coordinate, message: `${coordinate} has no description.` }));
}

function rootArguments({ api }: Linted): Fault[] {
  return fieldArguments(api)
    .filter(({ argument, parent }) => isRoot(api, parent) && !argument.description && !VOCABULARY.has(argument.name))
    .map(({ coordinate }) => ({ coordinate, message: `The argument ${coordinate} has no description.` }));
}
