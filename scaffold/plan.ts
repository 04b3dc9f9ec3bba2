import { isObjectType, Kind } from 'graphql';
import { closest } from '../build/closest.ts';
import { graphName } from '../build/discover.ts';
import { type EntityPart, keyFields } from '../schema-check/lints/entities.ts';
import type { Graph } from './graph.ts';
import { maxServiceName } from './graph-name.ts';
import { kebab, lowerFirst, type Names, namesOf, typeFor, upperFirst } from './names.ts';
import type { PublishedEvent } from './published-events.ts';

/** Request for a new subgraph, as given on the command line. */
export interface NewSubgraph {
  name: string;
  entity?: string | undefined;
  extends?: string | undefined;
  consumes: string[];
}

/** Another service's entity, to which the new one adds a field. */
export interface Extended extends Names {
  /** The owner's SDL description. */
  description: string;
}

/** A checked request, with all names derived. */
export interface Plan {
  name: string;
  entity: Names;
  extended?: Extended;
  events: PublishedEvent[];
}

/** The request is invalid; the message has the reason and a suggestion. */
class InvalidRequest extends Error {
  override name = 'InvalidRequest';
}

/** Names that the infrastructure uses itself. */
const RESERVED_SERVICES = new Set([
  'alarms',
  'api',
  'consumer',
  'event-bus',
  'events',
  'gateway',
  'graph',
  'identity',
  'operations',
  'platform',
  'publisher',
  'subgraph',
  'supergraph',
]);
/** Names of generated files, GraphQL root types and template types. */
const RESERVED_ENTITIES = new Set([
  'Consumer',
  'Context',
  'CountEvents',
  'Errors',
  'EventCount',
  'Events',
  'Failure',
  'Handler',
  'Index',
  'Mappers',
  'Mutation',
  'Page',
  'Query',
  'Resolvers',
  'Services',
  'Subgraph',
  'Subscription',
]);
const MAX_NAME = maxServiceName(graphName());
const MIN_NAME = 3;

/** Checks a request against the graph; throws InvalidRequest with the reason and a suggestion. */
export function planSubgraph(request: NewSubgraph, graph: Graph): Plan {
  const name = checkedName(request.name, graph);
  const entity = checkedEntity(request.entity ?? typeFor(name), graph);
  const extended = request.extends ? checkedExtension(request.extends, entity, graph) : undefined;
  const events = [...new Set(request.consumes)].map((type) => checkedEvent(type, graph));
  return { name, entity, ...(extended && { extended }), events };
}

function checkedName(name: string, { schemas }: Graph): string {
  const fitting = kebab(name).slice(0, MAX_NAME).replace(/-$/, '');
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new InvalidRequest(
      `"${name}" is not a valid service name: use lower-case letters and digits, with dashes between words.${perhaps(fitting)}`,
    );
  }
  if (name.length < MIN_NAME || name.length > MAX_NAME) {
    throw new InvalidRequest(
      `"${name}" is ${name.length} characters long; a service name has ${MIN_NAME} to ${MAX_NAME}.${perhaps(fitting)}`,
    );
  }
  if (RESERVED_SERVICES.has(name) || name.endsWith('-consumer')) {
    throw new InvalidRequest(
      `"${name}" is reserved: the infrastructure uses this name. Name the service after its domain.`,
    );
  }
  if (schemas.some((schema) => schema.name === name)) {
    throw new InvalidRequest(
      `Service "${name}" already exists in subgraphs/${name}: change it there, or choose another name.`,
    );
  }
  return name;
}

function checkedEntity(type: string, { types, api }: Graph): Names {
  const names = namesOf(type);
  const pascal = names.file.split('-').map(upperFirst).join('');
  if (!/^[A-Z][A-Za-z0-9]{1,39}$/.test(type)) {
    throw new InvalidRequest(
      `"${type}" is not a valid entity name: use PascalCase, 2 to 40 letters and digits.${perhaps(pascal)}`,
    );
  }
  if (RESERVED_ENTITIES.has(type) || Object.hasOwn(globalThis, type)) {
    throw new InvalidRequest(
      `"${type}" already has a meaning in GraphQL or TypeScript: choose another entity name with --entity.`,
    );
  }
  const taken = [
    type,
    `${type}Connection`,
    `${type}Edge`,
    `${type}Invalid`,
    `Create${type}Input`,
    `Create${type}Result`,
  ].find((each) => types.has(each));
  if (taken)
    throw new InvalidRequest(`The graph already has a type "${taken}": choose another entity name with --entity.`);
  const roots = [
    ...Object.keys(api.getQueryType()?.getFields() ?? {}),
    ...Object.keys(api.getMutationType()?.getFields() ?? {}),
  ];
  const field = [names.one, names.many, `create${type}`].find((each) => roots.includes(each));
  if (field)
    throw new InvalidRequest(
      `The graph already has a root field "${field}": choose another entity name with --entity.`,
    );
  return names;
}

function checkedExtension(type: string, entity: Names, { types, entities, api }: Graph): Extended {
  const owner = entities.get(type);
  const known = [...entities.keys()].sort();
  if (!owner) {
    const reason = types.has(type) ? `"${type}" is not an entity: it has no @key` : `The graph has no entity "${type}"`;
    throw new InvalidRequest(`${reason}.${perhaps(closest(type, known))} The entities are ${known.join(', ')}.`);
  }
  if (!hasKeyId(owner))
    throw new InvalidRequest(
      `"${type}" has no @key(fields: "id"): extend it by hand, using a key from subgraphs/${owner.subgraph}/schema.graphql.`,
    );
  const node = api.getType(type);
  if (isObjectType(node) && node.getFields()[entity.many]) {
    throw new InvalidRequest(`${type} already has a field "${entity.many}": choose another entity name with --entity.`);
  }
  if (entity.one === lowerFirst(type))
    throw new InvalidRequest(`The new entity and the extended one are both called "${type}".`);
  return { ...namesOf(type), description: node?.description ?? `Has ${entity.many}.` };
}

function hasKeyId({ node }: EntityPart): boolean {
  return (
    keyFields(node).some((fields) => fields.length === 1 && fields[0] === 'id') &&
    node.kind === Kind.OBJECT_TYPE_DEFINITION
  );
}

function checkedEvent(type: string, { events }: Graph): PublishedEvent {
  const event = events.get(type);
  if (event) return event;
  const known = [...events.keys()].sort();
  const list =
    known.length > 0
      ? ` The events are ${known.join(', ')}.`
      : ' No service publishes events: add an events.ts to one.';
  throw new InvalidRequest(`No service publishes an event "${type}".${perhaps(closest(type, known))}${list}`);
}

const perhaps = (suggestion: string | undefined) => (suggestion ? ` Perhaps "${suggestion}"?` : '');
