import { fieldArguments, isRoot, outputFields, typesOf } from './api-elements.ts';
import type { Fault, Linted, Rule } from './rule.ts';

/** Types whose name says all, by a convention that the whole graph keeps. */
const NAMED_BY_CONVENTION = /(Connection|Edge|Result|Input)$/;
/** Arguments that mean the same wherever they stand. */
const VOCABULARY = new Set(['id', 'input', 'first', 'after', 'filter', 'sort']);

/** Types, root fields and their arguments are documented. */
export const description: Rule = {
  name: 'description',
  hint: 'Say in a "description" above it what a client cannot read from its name.',
  check: (linted) => [...types(linted), ...rootFields(linted), ...rootArguments(linted)],
};

/** Fields that have no description, by coordinate: for a figure, as many need none. */
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
