import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import type { OutputType, Selection } from '../program.ts';
import type { ClientSelections } from './selections.ts';

/** The part of the schema that selections can touch, from the root type on. */
export function touchedTypes(
  { selections, fragments }: ClientSelections,
  root: string,
  schema: GraphQLSchema,
): Record<string, OutputType> {
  const all = [selections, ...Object.values(fragments)];
  const fields = new Set(all.flatMap(fieldNames));
  const types: Record<string, OutputType> = {};
  const toRead = [root, ...all.flatMap(typeConditions)].map((name) => schema.getType(name));
  for (let type = toRead.pop(); toRead.length > 0 || type; type = toRead.pop()) {
    if (!type || types[type.name] || isSpecifiedScalarType(type)) continue;
    types[type.name] = outputType(type, schema, fields);
    toRead.push(...next(type, schema, fields));
  }
  return types;
}

function outputType(type: GraphQLNamedType, schema: GraphQLSchema, fields: Set<string>): OutputType {
  if (isEnumType(type)) return { kind: 'enum', values: type.getValues().map(({ name }) => name) };
  if (isAbstractType(type))
    return { kind: 'abstract', possible: schema.getPossibleTypes(type).map(({ name }) => name) };
  if (!isObjectType(type)) return { kind: 'scalar' };
  const selected = selectedFields(type, fields).map((field) => [field.name, String(field.type)]);
  return { kind: 'object', fields: Object.fromEntries(selected) };
}

function next(type: GraphQLNamedType, schema: GraphQLSchema, fields: Set<string>): GraphQLNamedType[] {
  if (isAbstractType(type)) return [...schema.getPossibleTypes(type)];
  return isObjectType(type) ? selectedFields(type, fields).map((field) => getNamedType(field.type)) : [];
}

function selectedFields(type: GraphQLObjectType, names: Set<string>) {
  return Object.values(type.getFields()).filter(({ name }) => names.has(name));
}

function fieldNames(selections: Selection[]): string[] {
  return selections.flatMap((each) => [
    ...('field' in each ? [each.field] : []),
    ...('select' in each && each.select ? fieldNames(each.select) : []),
  ]);
}

function typeConditions(selections: Selection[]): string[] {
  return selections.flatMap((each) => [
    ...('on' in each && each.on ? [each.on] : []),
    ...('select' in each && each.select ? typeConditions(each.select) : []),
  ]);
}
