import {
  type CompositeType,
  type InterfaceType,
  isCompositeType,
  isInterfaceType,
  possibleRuntimeTypes,
  removeAllCoreFeatures,
  removeInaccessibleElements,
  type Schema,
  Supergraph,
} from '@apollo/federation-internals';
import { buildASTSchema, type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import { DirectiveNames } from '#platform/federation/directive-names.ts';
import { IMPLEMENTED_URLS, identityOf, unsupportedLinks } from '#platform/federation/specifications.ts';
import { type JoinedFields, joinedFields } from './joined-fields.ts';
import { removeUnresolvableKeys } from './unresolvable-keys.ts';

/** A parsed supergraph, with the derived schemas and indexes that planning and compiling use. */
export interface SupergraphModel {
  /** The supergraph's SDL, parsed. */
  document: DocumentNode;
  supergraph: Supergraph;
  /** The API schema, for planning. */
  apiSchema: Schema;
  /** The API schema, for graphql-js. */
  schema: GraphQLSchema;
  subgraphs: readonly { name: string; url: string }[];
  joined: JoinedFields;
  /** Interfaces that some subgraph defines with `@interfaceObject`. */
  interfaceObjects: string[];
  /** Access-control specifications in use (`authenticated`, …); the engine does not enforce them. */
  accessSpecifications: string[];
  /** Returns the names of all types that a type condition matches, itself and internal types included. */
  typesMatching: (condition: string) => string[];
}

/** The SDL is not a supergraph that the engine can serve; the message gives the reason in one line. */
class InvalidSupergraph extends Error {
  override name = 'InvalidSupergraph';
}

const ACCESS_SPECIFICATIONS = ['authenticated', 'requiresScopes', 'policy'];

export interface ReadOptions {
  /** Whether to repeat composition's validation. */
  validate?: boolean;
  /** SDL of the API schema, if the build has written it: parsing is much faster than deriving it. */
  apiSdl?: string | undefined;
}

/** Reads a supergraph; throws InvalidSupergraph. */
export function readSupergraph(sdl: string, { validate = false, apiSdl }: ReadOptions = {}): SupergraphModel {
  const { supergraph, names, document } = buildSupergraph(sdl, validate);
  const apiSchema = validate ? supergraph.apiSchema() : unvalidatedApiSchema(supergraph);
  return {
    document,
    supergraph,
    apiSchema,
    schema: apiSdl === undefined ? apiSchema.toGraphQLJSSchema({ includeDefer: true }) : schemaFrom(apiSdl),
    subgraphs: supergraph.subgraphsMetadata(),
    joined: joinedFields(supergraph.schema, names),
    interfaceObjects: interfaceObjects(supergraph.schema, names),
    accessSpecifications: ACCESS_SPECIFICATIONS.filter((name) =>
      supergraph.schema.coreFeatures?.getByIdentity(identityOf(name)),
    ),
    typesMatching: (condition) => typesMatching(supergraph.schema, condition),
  };
}

function buildSupergraph(sdl: string, validateSupergraph: boolean) {
  try {
    const document = parse(sdl, { noLocation: true });
    checkLinks(document);
    const supergraph = Supergraph.build(removeUnresolvableKeys(document), {
      supportedFeatures: new Set(IMPLEMENTED_URLS),
      validateSupergraph,
    });
    return { supergraph, names: new DirectiveNames(document), document };
  } catch (error) {
    const reasons = String(error instanceof Error ? error.message : error).split('\n');
    throw new InvalidSupergraph(reasons.find((line) => line.trim() !== '')?.trim());
  }
}

/** Does what `supergraph.apiSchema()` does, but without repeating composition's validation. */
function unvalidatedApiSchema({ schema }: Supergraph): Schema {
  const apiSchema = schema.clone(undefined, false);
  removeInaccessibleElements(apiSchema);
  removeAllCoreFeatures(apiSchema);
  apiSchema.assumeValid();
  // The planner reads the API schema from this property.
  Object.assign(schema as object, { apiSchema });
  return apiSchema;
}

function schemaFrom(apiSdl: string): GraphQLSchema {
  return buildASTSchema(parse(apiSdl, { noLocation: true }), { assumeValid: true, assumeValidSDL: true });
}

function checkLinks(supergraph: DocumentNode): void {
  const problems = unsupportedLinks(supergraph);
  if (problems.length > 0) throw new InvalidSupergraph(problems.join(' '));
}

function interfaceObjects(schema: Schema, names: DirectiveNames): string[] {
  const joinType = names.of('joinType');
  const isObjectSomewhere = ({ appliedDirectives }: InterfaceType) =>
    appliedDirectives.some((each) => joinType.has(each.name) && each.arguments().isInterfaceObject === true);
  return schema
    .interfaceTypes()
    .filter(isObjectSomewhere)
    .map(({ name }) => name);
}

function typesMatching(schema: Schema, condition: string): string[] {
  const type = schema.type(condition);
  if (!type || !isCompositeType(type)) return [condition];
  return [...new Set([condition, ...subtypeNames(schema, type)])];
}

function subtypeNames(schema: Schema, type: CompositeType): string[] {
  const objects = possibleRuntimeTypes(type).map(({ name }) => name);
  if (!isInterfaceType(type)) return objects;
  const interfaces = schema.interfaceTypes().filter((each) => each.implementsInterface(type));
  return [...objects, ...interfaces.map(({ name }) => name)];
}
