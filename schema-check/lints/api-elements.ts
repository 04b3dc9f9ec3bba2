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
  /** Type of the field's parent. */
  parent: string;
}

/** Returns the types that are not built in. */
export function typesOf(api: GraphQLSchema): GraphQLNamedType[] {
  return Object.values(api.getTypeMap()).filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type));
}

/** Returns all output fields. */
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

/** Returns all field arguments. */
export function fieldArguments(api: GraphQLSchema): ApiArgument[] {
  return outputFields(api).flatMap(({ coordinate, parent, field }) =>
    field.args.map((argument) => ({ coordinate: `${coordinate}(${argument.name}:)`, argument, parent })),
  );
}

/** Whether a type is a root operation type. */
export function isRoot(api: GraphQLSchema, type: string): boolean {
  return [api.getQueryType(), api.getMutationType(), api.getSubscriptionType()].some((root) => root?.name === type);
}
