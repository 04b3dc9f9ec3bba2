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
import { withoutIdleKeys } from './unresolvable-keys.ts';

/** A supergraph, read: what planning and compiling need to know of it. */
export interface SupergraphModel {
  /** The supergraph's own text, parsed. */
  document: DocumentNode;
  supergraph: Supergraph;
  /** The API that clients see, for planning. */
  apiSchema: Schema;
  /** The API that clients see, for graphql-js. */
  schema: GraphQLSchema;
  subgraphs: readonly { name: string; url: string }[];
  joined: JoinedFields;
  /** Interfaces that some subgraph knows as one object type. */
  interfaceObjects: string[];
  /** Specifications it uses that say who may see what: they are not enforced here. */
  accessRules: string[];
  /** Names of all types that a type condition holds for, the type's own included; internal types too. */
  typesMatching: (condition: string) => string[];
}

/** The text is no supergraph that can be served; the message says why, in one line. */
class NotASupergraph extends Error {
  override name = 'NotASupergraph';
}

/** Specifications that say who may see what. */
const ACCESS_SPECS = ['authenticated', 'requiresScopes', 'policy'];

export interface ReadOptions {
  /** Whether to validate what composition has validated. */
  validate?: boolean;
  /** SDL of the API that clients see, where the build has written it: to derive it takes far longer than to read it. */
  apiSdl?: string | undefined;
}

/** Reads a supergraph; throws NotASupergraph. */
export function readSupergraph(sdl: string, { validate = false, apiSdl }: ReadOptions = {}): SupergraphModel {
  const { supergraph, names, document } = built(sdl, validate);
  const apiSchema = validate ? supergraph.apiSchema() : unvalidatedApiSchema(supergraph);
  return {
    document,
    supergraph,
    apiSchema,
    schema: apiSdl === undefined ? apiSchema.toGraphQLJSSchema() : schemaFrom(apiSdl),
    subgraphs: supergraph.subgraphsMetadata(),
    joined: joinedFields(supergraph.schema, names),
    interfaceObjects: interfaceObjects(supergraph.schema, names),
    accessRules: ACCESS_SPECS.filter((name) => supergraph.schema.coreFeatures?.getByIdentity(identityOf(name))),
    typesMatching: (condition) => typesMatching(supergraph.schema, condition),
  };
}

function built(sdl: string, validateSupergraph: boolean) {
  try {
    const document = parse(sdl, { noLocation: true });
    checkLinks(document);
    const supergraph = Supergraph.build(withoutIdleKeys(document), {
      supportedFeatures: new Set(IMPLEMENTED_URLS),
      validateSupergraph,
    });
    return { supergraph, names: new DirectiveNames(document), document };
  } catch (error) {
    const reasons = String(error instanceof Error ? error.message : error).split('\n');
    throw new NotASupergraph(reasons.find((line) => line.trim() !== '')?.trim());
  }
}

/** As `supergraph.apiSchema()`, which validates once more what composition has validated. */
function unvalidatedApiSchema({ schema }: Supergraph): Schema {
  const apiSchema = schema.clone(undefined, false);
  removeInaccessibleElements(apiSchema);
  removeAllCoreFeatures(apiSchema);
  apiSchema.assumeValid();
  // The planner asks the schema for it, and finds it here.
  Object.assign(schema as object, { apiSchema });
  return apiSchema;
}

function schemaFrom(apiSdl: string): GraphQLSchema {
  return buildASTSchema(parse(apiSdl, { noLocation: true }), { assumeValid: true, assumeValidSDL: true });
}

function checkLinks(supergraph: DocumentNode): void {
  const problems = unsupportedLinks(supergraph);
  if (problems.length > 0) throw new NotASupergraph(problems.join(' '));
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
  return [...new Set([condition, ...namesBelow(schema, type)])];
}

function namesBelow(schema: Schema, type: CompositeType): string[] {
  const objects = possibleRuntimeTypes(type).map(({ name }) => name);
  if (!isInterfaceType(type)) return objects;
  const interfaces = schema.interfaceTypes().filter((each) => each.implementsInterface(type));
  return [...objects, ...interfaces.map(({ name }) => name)];
}
