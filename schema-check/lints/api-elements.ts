import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';

/** A field of an object or interface type. */
export interface ApiField {
  coordinate: string;
  parent: string;
  field: GraphQLField<unknown, unknown>;
}

/** An argument of a field. */
export interface ApiArgument {
  coordinate: string;
  argument: GraphQLArgument;
  /** The type that has the field. */
  parent: string;
}

/** The types of a graph's own. */
export function typesOf(api: GraphQLSchema): GraphQLNamedType[] {
  return Object.values(api.getTypeMap()).filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type));
}

/** Every field that a client can ask for. */
export function outputFields(api: GraphQLSchema): ApiField[] {
  return typesOf(api)
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .flatMap((type) =>
      Object.values(type.getFields()).map((field) => ({
        coordinate: `${type.name}.${field.name}`,
        parent: type.name,
        field,
      })),
    );
}

/** Every argument of every field. */
export function fieldArguments(api: GraphQLSchema): ApiArgument[] {
  return outputFields(api).flatMap(({ coordinate, parent, field }) =>
    field.args.map((argument) => ({ coordinate: `${coordinate}(${argument.name}:)`, argument, parent })),
  );
}

/** Whether a type is where operations begin. */
export function isRoot(api: GraphQLSchema, type: string): boolean {
  return [api.getQueryType(), api.getMutationType(), api.getSubscriptionType()].some((root) => root?.name === type);
}
