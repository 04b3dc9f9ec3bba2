import { type GraphQLSchema, isEnumType, isInputObjectType } from 'graphql';
import { fieldArguments, outputFields, typesOf } from './api-elements.ts';
import type { Fault, Rule } from './rule.ts';

const PASCAL = /^[A-Z][A-Za-z0-9]*$/;
const CAMEL = /^[a-z][A-Za-z0-9]*$/;
const CONSTANT = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
const INPUT = /(Input|Filter)$/;

/** Requires consistent naming. */
export const naming: Rule = {
  name: 'naming',
  hint: 'Types are PascalCase, fields and arguments camelCase, enum values CONSTANT_CASE; input types end with Input or Filter.',
  check: ({ api }) => [...types(api), ...fieldsAndArguments(api), ...inputFields(api), ...enumValues(api)],
};

function types(api: GraphQLSchema): Fault[] {
  const wrong = typesOf(api).filter(({ name }) => !PASCAL.test(name));
  const inputs = typesOf(api).filter((type) => isInputObjectType(type) && !INPUT.test(type.name));
  return [
    ...wrong.map(({ name }) => fault(name, `The type ${name} is not PascalCase.`)),
    ...inputs.map(({ name }) => fault(name, `The input type ${name} does not end with Input or Filter.`)),
  ];
}

function fieldsAndArguments(api: GraphQLSchema): Fault[] {
  const fields = outputFields(api).map(({ coordinate, field }) => ({ coordinate, name: field.name }));
  const args = fieldArguments(api).map(({ coordinate, argument }) => ({ coordinate, name: argument.name }));
  return notCamelCase([...fields, ...args]);
}

function inputFields(api: GraphQLSchema): Fault[] {
  const fields = typesOf(api)
    .filter(isInputObjectType)
    .flatMap((type) => Object.keys(type.getFields()).map((name) => ({ coordinate: `${type.name}.${name}`, name })));
  return notCamelCase(fields);
}

function notCamelCase(elements: { coordinate: string; name: string }[]): Fault[] {
  return elements
    .filter(({ name }) => !CAMEL.test(name))
    .map(({ coordinate }) => fault(coordinate, `${coordinate} is not camelCase.`));
}

function enumValues(api: GraphQLSchema): Fault[] {
  return typesOf(api)
    .filter(isEnumType)
    .flatMap((type) => type.getValues().map(({ name }) => ({ coordinate: `${type.name}.${name}`, name })))
    .filter(({ name }) => !CONSTANT.test(name))
    .map(({ coordinate }) => fault(coordinate, `The enum value ${coordinate} is not CONSTANT_CASE.`));
}

const fault = (coordinate: string, message: string): Fault => ({ coordinate, message });
