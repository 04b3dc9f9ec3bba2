import { isObjectType, Kind } from 'graphql';
import { closest } from '../build/closest.ts';
import { graphName } from '../build/discover.ts';
import { type EntityPart, keyFields } from '../schema-check/lints/entities.ts';
import type { Graph } from './graph.ts';
import { maxServiceName } from './graph-name.ts';
import { kebab, lowerFirst, type Names, namesOf, typeFor, upperFirst } from './names.ts';
import type { PublishedEvent } from './published-events.ts';

/** What is asked for. */
export interface NewSubgraph {
  name: string;
  entity?: string | undefined;
  extends?: string | undefined;
  consumes: string[];
}

/** An entity of another service, to which this one adds a field. */
export interface Extended extends Names {
  /** The owner's description of it. */
  description: string;
}

/** What is to be written. */
export interface Plan {
  name: string;
  entity: Names;
  extended?: Extended;
  events: PublishedEvent[];
}

/** What cannot be made, and what could. */
class Refused extends Error {
  override name = 'Refused';
}

/** Names of what the infrastructure has beside services, or of parts of one. */
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
/** Files that every subgraph has, and roots of the graph. */
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

/** Decides what is written; throws Refused, with the reason and a suggestion. */
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
    throw new Refused(
      `"${name}" is no name for a service: it has small letters and digits, with dashes between words.${perhaps(fitting)}`,
    );
  }
  if (name.length < MIN_NAME || name.length > MAX_NAME) {
    throw new Refused(
      `"${name}" has ${name.length} characters; a service's name has ${MIN_NAME} to ${MAX_NAME}.${perhaps(fitting)}`,
    );
  }
  if (RESERVED_SERVICES.has(name) || name.endsWith('-consumer')) {
    throw new Refused(
      `"${name}" is reserved: the infrastructure has something of this name. Name the service after its domain.`,
    );
  }
  if (schemas.some((schema) => schema.name === name)) {
    throw new Refused(`There is a service "${name}" already: change it in subgraphs/${name}, or choose another name.`);
  }
  return name;
}

function checkedEntity(type: string, { types, api }: Graph): Names {
  const names = namesOf(type);
  const pascal = names.file.split('-').map(upperFirst).join('');
  if (!/^[A-Z][A-Za-z0-9]{1,39}$/.test(type)) {
    throw new Refused(
      `"${type}" is no name for an entity: it is in PascalCase, of 2 to 40 letters and digits.${perhaps(pascal)}`,
    );
  }
  if (RESERVED_ENTITIES.has(type) || Object.hasOwn(globalThis, type)) {
    throw new Refused(
      `"${type}" already means something in GraphQL or in TypeScript: name the entity otherwise, with --entity.`,
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
  if (taken) throw new Refused(`The graph has a type "${taken}" already: name the entity otherwise, with --entity.`);
  const roots = [
    ...Object.keys(api.getQueryType()?.getFields() ?? {}),
    ...Object.keys(api.getMutationType()?.getFields() ?? {}),
  ];
  const field = [names.one, names.many, `create${type}`].find((each) => roots.includes(each));
  if (field)
    throw new Refused(`The graph has a root field "${field}" already: name the entity otherwise, with --entity.`);
  return names;
}

function checkedExtension(type: string, entity: Names, { types, entities, api }: Graph): Extended {
  const owner = entities.get(type);
  const known = [...entities.keys()].sort();
  if (!owner) {
    const why = types.has(type) ? `"${type}" is no entity: it has no @key` : `The graph has no entity "${type}"`;
    throw new Refused(`${why}.${perhaps(closest(type, known))} The entities are ${known.join(', ')}.`);
  }
  if (!hasKeyId(owner))
    throw new Refused(
      `"${type}" has no key of "id" alone: extend it by hand, after subgraphs/${owner.subgraph}/schema.graphql.`,
    );
  const node = api.getType(type);
  if (isObjectType(node) && node.getFields()[entity.many]) {
    throw new Refused(`${type} has a field "${entity.many}" already: name the entity otherwise, with --entity.`);
  }
  if (entity.one === lowerFirst(type)) throw new Refused(`The entity and what it extends are both called "${type}".`);
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
      : ' No service publishes any: one does that has an events.ts.';
  throw new Refused(`No service publishes an event "${type}".${perhaps(closest(type, known))}${list}`);
}

const perhaps = (suggestion: string | undefined) => (suggestion ? ` Perhaps "${suggestion}"?` : '');
