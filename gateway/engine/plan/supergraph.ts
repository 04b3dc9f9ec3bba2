import {
  type CompositeType,
  type InterfaceType,
  isCompositeType,
  isInterfaceType,
  possibleRuntimeTypes,
  type Schema,
  Supergraph,
} from '@apollo/federation-internals';
import { type GraphQLSchema, parse } from 'graphql';
import { withoutIdleKeys } from './idle-keys.ts';
import { type JoinedFields, joinedFields } from './joined-fields.ts';

/** A supergraph, read: what planning and compiling need to know of it. */
export interface SupergraphModel {
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

const SPECS = 'https://specs.apollo.dev';
const ACCESS_SPECS = ['authenticated', 'requiresScopes', 'policy'];

/** Specifications that a supergraph may say are needed to execute or to secure it. */
const SUPPORTED: ReadonlySet<string> = new Set(
  [
    ['core', '0.1', '0.2'],
    ['join', '0.1', '0.2', '0.3', '0.4', '0.5'],
    ['tag', '0.1', '0.2', '0.3'],
    ['inaccessible', '0.1', '0.2'],
    ['context', '0.1'],
    ['cost', '0.1'],
    ['cacheTag', '0.1'],
    ...ACCESS_SPECS.map((name) => [name, '0.1']),
  ].flatMap(([name, ...versions]) => versions.map((version) => `${SPECS}/${name}/v${version}`)),
);

/** Reads a supergraph; throws NotASupergraph. It has been validated when it was composed: `validate` does so again. */
export function readSupergraph(sdl: string, { validate = false } = {}): SupergraphModel {
  const supergraph = built(sdl, validate);
  const apiSchema = supergraph.apiSchema();
  return {
    supergraph,
    apiSchema,
    schema: apiSchema.toGraphQLJSSchema(),
    subgraphs: supergraph.subgraphsMetadata(),
    joined: joinedFields(supergraph.schema),
    interfaceObjects: interfaceObjects(supergraph.schema),
    accessRules: ACCESS_SPECS.filter((name) => supergraph.schema.coreFeatures?.getByIdentity(`${SPECS}/${name}`)),
    typesMatching: (condition) => typesMatching(supergraph.schema, condition),
  };
}

function built(sdl: string, validateSupergraph: boolean): Supergraph {
  try {
    const document = withoutIdleKeys(parse(sdl, { noLocation: true }));
    return Supergraph.build(document, { supportedFeatures: new Set(SUPPORTED), validateSupergraph });
  } catch (error) {
    const reasons = String(error instanceof Error ? error.message : error).split('\n');
    throw new NotASupergraph(reasons.find((line) => line.trim() !== '')?.trim());
  }
}

function interfaceObjects(schema: Schema): string[] {
  const isObjectSomewhere = (type: InterfaceType) =>
    type.appliedDirectivesOf('join__type').some((each) => each.arguments().isInterfaceObject === true);
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
