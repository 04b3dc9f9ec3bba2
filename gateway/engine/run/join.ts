import type { SubgraphResponse } from '#platform/graphql/envelope.ts';
import type { CompiledFetch } from './compiled-program.ts';
import { collectByContext } from './context-values.ts';
import { applyRenames } from './renames.ts';
import { type Entity, isEntity } from './representation.ts';
import { Representations } from './representations.ts';
import { collect, type Merger } from './response-data.ts';

/** Entities that one part of a call asks for: each once, whoever needs it. */
export interface JoinPart {
  /** The key of the list in the answer. */
  key: string;
  representations: Representations;
  /** Arguments from around the entities, as JSON text. */
  context: ReadonlyMap<string, string>;
  joins: Join[];
}

/** A fetch that takes part in a call, and the objects that its entities are merged into. */
export interface Join {
  fetch: CompiledFetch;
  targets: Entity[];
  /** Of each target, the place of its entity in the part's list. */
  places: number[];
}

/** Gathers what joins need: fetches of the same operation share a part. A fetch that needs nothing is left out. */
export function gather(fetches: CompiledFetch[], data: Entity): JoinPart[] {
  const parts = new Map<string, JoinPart>();
  for (const fetch of fetches) {
    for (const [contextKey, { entities, values }] of targetsOf(fetch, data)) {
      const key = contextKey + fetch.asks;
      const part: JoinPart = parts.get(key) ?? {
        key: '_entities',
        representations: new Representations(),
        context: values,
        joins: [],
      };
      const join = joinOf(fetch, entities, part.representations);
      if (join.targets.length === 0) continue;
      part.joins.push(join);
      parts.set(key, part);
    }
  }
  return [...parts.values()];
}

const NO_CONTEXT: ReadonlyMap<string, string> = new Map();

/** The objects that a fetch may join, those together that it may join with the same arguments. */
function targetsOf({ fetch }: CompiledFetch, data: Entity): Iterable<[string, Targets]> {
  const { path, entities: { contexts } = {} } = fetch;
  if (contexts) return collectByContext(data, path, contexts);
  const entities: Entity[] = [];
  collect(data, path, entities);
  return [['', { entities, values: NO_CONTEXT }]];
}

interface Targets {
  entities: Entity[];
  values: ReadonlyMap<string, string>;
}

function joinOf(fetch: CompiledFetch, found: Entity[], representations: Representations): Join {
  const targets: Entity[] = [];
  const places: number[] = [];
  for (const target of found) {
    const place = representations.placeOf(target, fetch.shape);
    if (place === undefined) continue;
    targets.push(target);
    places.push(place);
  }
  return { fetch, targets, places };
}

/** Merges the entities of an answer into the data. Tells whether the answer has the list that was asked for. */
export function mergeEntities(
  { key, representations, joins }: JoinPart,
  { data }: SubgraphResponse,
  merger: Merger,
): boolean {
  const entities = data?.[key];
  if (!Array.isArray(entities) || entities.length !== representations.size) return false;
  applyRenames(joins[0]?.fetch.fetch.renames ?? [], entities);
  for (const { targets, places } of joins) {
    for (const [index, target] of targets.entries()) {
      const entity: unknown = entities[places[index] ?? -1];
      if (isEntity(entity)) merger.mergeEntity(target, entity);
    }
  }
  return true;
}
