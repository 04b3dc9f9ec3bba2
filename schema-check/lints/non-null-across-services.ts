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
 * What another service answers is missing while that service fails, and a non-null field then takes its parent with it:
 * https://spec.graphql.org/October2021/#sec-Handling-Field-Errors
 */
export const nonNullAcrossServices: Rule = {
  name: 'non-null-across-services',
  hint: 'Make it nullable. If the parent is of no use without it, say so above it: # allow non-null-across-services: why',
  check: (linted) => [...rootFields(linted), ...addedFields(linted), ...references(linted)],
};

/** Fields of Query: services share it. Mutations stay out: an operation rarely holds two, and the first to fail ends it. */
function rootFields({ api, subgraphs }: Linted): Fault[] {
  const definitions = definitionsByCoordinate(subgraphs);
  return outputFields(api)
    .filter(({ parent, field }) => parent === api.getQueryType()?.name && isNonNullType(field.type))
    .map(({ coordinate }) => ({
      coordinate,
      message: `${coordinate} is non-null: while ${subgraphsOf(definitions.get(coordinate))} fails, a query loses what other services answered too.`,
    }));
}

/** Fields that a service adds to the entity of another. */
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

/** Fields that lead to the entity of another service: its own non-null fields are null at once. */
function references({ api, subgraphs }: Linted): Fault[] {
  const owners = ownersParts(entityParts(subgraphs));
  const definitions = definitionsByCoordinate(subgraphs);
  const roots = [api.getQueryType()?.name, api.getMutationType()?.name];
  return outputFields(api)
    .filter(({ parent, field }) => !roots.includes(parent) && takesParentAlong(field.type))
    .flatMap(({ coordinate, parent, field }) => {
      const entities = entitiesBehind(field.type, api).flatMap((name) => owners.get(name) ?? []);
      return (definitions.get(coordinate) ?? []).flatMap(({ subgraph }) => {
        const other = entities.find((part) => part.subgraph !== subgraph && nonNullFields(part).length > 0);
        const message = `${coordinate} is non-null: while ${other?.subgraph} fails, no ${parent} can be read.`;
        return other ? [{ coordinate, subgraph, message }] : [];
      });
    });
}

/** Whether a null at the bottom of a type goes all the way up: no list or item on the way may be null. */
function takesParentAlong(type: GraphQLOutputType): boolean {
  if (!isNonNullType(type)) return false;
  return isListType(type.ofType) ? takesParentAlong(type.ofType.ofType) : true;
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
