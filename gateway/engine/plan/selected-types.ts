import {
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql';
import type { OutputType, Selection } from '../program.ts';
import type { ClientSelections } from './selections.ts';

/** Returns the types that selections can reach from the root type, with the selected fields. */
export function selectedTypes(
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

function outputType(type: GraphQLNamedType, schema: GraphQLSchema, names: Set<string>): OutputType {
  if (isEnumType(type)) return { kind: 'enum', values: type.getValues().map(({ name }) => name) };
  if (!isCompositeType(type)) return { kind: 'scalar' };
  const fields = Object.fromEntries(selectedFields(type, names).map((field) => [field.name, String(field.type)]));
  if (isObjectType(type)) return { kind: 'object', fields };
  return { kind: 'abstract', possible: schema.getPossibleTypes(type).map(({ name }) => name), fields };
}

function next(type: GraphQLNamedType, schema: GraphQLSchema, names: Set<string>): GraphQLNamedType[] {
  if (!isCompositeType(type)) return [];
  const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  return [...possible, ...selectedFields(type, names).map((field) => getNamedType(field.type))];
}

function selectedFields(type: GraphQLCompositeType, names: Set<string>) {
  return isUnionType(type) ? [] : Object.values(type.getFields()).filter(({ name }) => names.has(name));
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
