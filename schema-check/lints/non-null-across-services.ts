import {
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isListType,
  isNonNullType,
  Kind,
} from 'graphql';
import { definitionsByCoordinate } from '../subgraph-source.ts';
import { outputFields } from './api-elements.ts';
import { type EntityPart, entityParts, ownersParts, ownFields } from './entities.ts';
import type { Fault, Linted, Rule } from './rule.ts';

/**
 * While a service fails, its fields are null, and a non-null field then nulls its parent, which may belong to another service:
 * https://spec.graphql.org/October2021/#sec-Handling-Field-Errors
 */
export const nonNullAcrossServices: Rule = {
  name: 'non-null-across-services',
  hint: 'Make it nullable. If the parent is useless without it, add a comment above it: # allow non-null-across-services: reason',
  check: (linted) => [...rootFields(linted), ...addedFields(linted), ...references(linted)],
};

/** Query fields, as services share Query. Not Mutation: operations rarely have two mutations, and the first failure ends them. */
function rootFields({ api, subgraphs }: Linted): Fault[] {
  const definitions = definitionsByCoordinate(subgraphs);
  return outputFields(api)
    .filter(({ parent, field }) => parent === api.getQueryType()?.name && isNonNullType(field.type))
    .map(({ coordinate }) => ({
      coordinate,
      message: `${coordinate} is non-null: while ${subgraphsOf(definitions.get(coordinate))} fails, a query loses the data of other services too.`,
    }));
}

/** Fields that a service adds to another service's entity. */
function addedFields({ api, subgraphs }: Linted): Fault[] {
  const parts = entityParts(subgraphs);
  const owners = ownersParts(parts);
  return [...parts].flatMap(([type, ofType]) => {
    const owner = owners.get(type);
    const seen = new Set(outputFields(api).map(({ coordinate }) => coordinate));
    return ofType
      .filter((part) => part !== owner)
      .flatMap((part) =>
        nonNullFields(part).map((name) => ({ coordinate: `${type}.${name}`, subgraph: part.subgraph })),
      )
      .filter(({ coordinate }) => seen.has(coordinate) && !(owner && hasField(owner, coordinate)))
      .map(({ coordinate, subgraph }) => ({
        coordinate,
        subgraph,
        message: `${coordinate} is non-null: while ${subgraph} fails, no ${type} of ${owner?.subgraph} can be read.`,
      }));
  });
}

/** Fields that return another service's entity, whose non-null fields propagate null. */
function references({ api, subgraphs }: Linted): Fault[] {
  const owners = ownersParts(entityParts(subgraphs));
  const definitions = definitionsByCoordinate(subgraphs);
  const roots = [api.getQueryType()?.name, api.getMutationType()?.name];
  return outputFields(api)
    .filter(({ parent, field }) => !roots.includes(parent) && propagatesNull(field.type))
    .flatMap(({ coordinate, parent, field }) => {
      const entities = entitiesBehind(field.type, api).flatMap((name) => owners.get(name) ?? []);
      return (definitions.get(coordinate) ?? []).flatMap(({ subgraph }) => {
        const other = entities.find((part) => part.subgraph !== subgraph && nonNullFields(part).length > 0);
        const message = `${coordinate} is non-null: while ${other?.subgraph} fails, no ${parent} can be read.`;
        return other ? [{ coordinate, subgraph, message }] : [];
      });
    });
}

/** Whether a null propagates through the whole type: no list or item in it is nullable. */
function propagatesNull(type: GraphQLOutputType): boolean {
  if (!isNonNullType(type)) return false;
  return isListType(type.ofType) ? propagatesNull(type.ofType.ofType) : true;
}

function entitiesBehind(type: GraphQLOutputType, api: GraphQLSchema): string[] {
  const named = getNamedType(type);
  return isAbstractType(named) ? api.getPossibleTypes(named).map(({ name }) => name) : [named.name];
}

function nonNullFields({ node }: EntityPart): string[] {
  return ownFields(node)
    .filter(({ type }) => type.kind === Kind.NON_NULL_TYPE)
    .map(({ name }) => name.value);
}

function hasField({ node }: EntityPart, coordinate: string): boolean {
  return ownFields(node).some(({ name }) => coordinate.endsWith(`.${name.value}`));
}

function subgraphsOf(definitions: { subgraph: string }[] = []): string {
  return definitions.map(({ subgraph }) => subgraph).join(' and ');
}
